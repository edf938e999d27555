"""What a person means by "this source", best unit to mute first.

Muting an outlet because one of its columns advertises would lose its news; muting a feed would
lose many outlets. So every article has several origins: for an advertisement its contact ids come
first (whoever posts it, they are the advertiser's), then the column, the author, the outlet and the
domain of the link; for anything else the outlet comes first. The feed, the widest, is always last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rules.model import Article, Promotion
from rules.text import folded

KINDS = ("contact", "column", "author", "outlet", "domain", "feed")

# A column's name stands in brackets at the title's start.
_PREFIX = re.compile(
    r"\s*(?:【([^】]{2,16})】|〈([^〉]{2,16})〉|《([^》]{2,16})》|\[([^\]]{2,16})\])\s*\S"
)
# What brackets hold beside names of columns: kinds of news, not people's or shows'.
_NOT_A_COLUMN = re.compile(
    r"財報|法說|盤前|盤中|盤後|早盤|股東會|快訊|即時|獨家|公告|焦點股|熱門股|潛力股|觀察|分析|房產|疫情|展望"
    r"|匯市|更新|影|圖|新聞|重訊|標的|請益|心得|閒聊|公告|Re|轉貼|情報|創作|其他|備詢|台幣|統計|車市|要聞|[0-9]"
    r"|貴金屬|能源|商品|大選|記者會|說明會|股息|配息|IPO|ETF",
    re.IGNORECASE,
)
# A link there says nothing about who is behind it.
_SHARED_HOSTS = {
    "lin.ee",
    "line.me",
    "t.me",
    "wa.me",
    "reurl.cc",
    "bit.ly",
    "tinyurl.com",
    "pse.is",
}
_SHARED_HOSTS |= {"pse.is", "ppt.cc", "goo.gl", "youtu.be", "youtube.com", "facebook.com", "fb.com"}
_SHARED_HOSTS |= {
    "x.com",
    "instagram.com",
    "twitter.com",
    "threads.net",
    "google.com",
    "news.google.com",
}
_SHARED_HOSTS |= {"news.google.com", "docs.google.com", "forms.gle", "medium.com"}

_ACCOUNT = re.compile(r"(?:line:?\s*)?@([a-z0-9][a-z0-9_.\-]{2,30})", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """A unit that can be muted. Two are equal if kind and value are; ``value`` is folded.

    ``kind`` is one of ``KINDS``. ``label`` is what people read: the name as it was written.
    """

    kind: str
    value: str
    label: str = field(compare=False)


def origins(article: Article, promotion: Promotion) -> tuple[Origin, ...]:
    """Every origin of ``article``, the best to mute first, each once.

    An article is muted where any of its origins equals a muted one.
    """
    column, author = list(_column(article)), list(_named("author", article.author))
    outlet, domain = list(_named("outlet", article.outlet)), list(_domain(article.url))
    feed = list(_named("feed", article.source))
    contacts = [Origin("contact", value, value) for value in promotion.contacts]
    if promotion.flagged:
        found = [*contacts, *column, *author, *outlet, *domain, *feed]
    else:  # whoever mutes a contact is spared it wherever it stands; an honest outlet's is its last
        found = [*outlet, *column, *author, *domain, *contacts, *feed]
    return tuple(dict.fromkeys(found))


def typed_origin(text: str) -> Origin | None:
    """The contact or domain that a person typed: ``@bull168``, ``lin.ee/AbC``, ``example.com``,
    ``https://example.com/a``; None for anything else.
    """
    typed = text.strip()
    if (account := _ACCOUNT.fullmatch(typed)) is not None:
        value = f"line:@{account[1].lower()}"
        return Origin("contact", value, value)
    address = typed if "://" in typed else f"https://{typed}"
    parts = urlsplit(address) if _ADDRESS.fullmatch(address) else None
    if parts is None:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in _SHARED_HOSTS:  # its path says who it is
        path = parts.path.strip("/")
        return Origin("contact", f"{host}/{path}", f"{host}/{path}") if path else None
    return Origin("domain", host, host)


def _named(kind: str, name: str) -> Iterator[Origin]:
    label = " ".join(name.split())
    value = " ".join(folded(label).split())
    if value:
        yield Origin(kind, value, label)


def _column(article: Article) -> Iterator[Origin]:
    match = _PREFIX.match(article.title)
    if match:
        name = next(group for group in match.groups() if group)
        if not _NOT_A_COLUMN.search(name):
            yield from _named("column", name)


def _domain(url: str) -> Iterator[Origin]:
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:  # not an address: it has no domain
        return
    if "." in host and host not in _SHARED_HOSTS:
        yield Origin("domain", host, host)
