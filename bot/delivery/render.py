"""An alert as a message: parts are cleaned and cut to size first, then put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.delivery import changes, key_figures
from bot.delivery.headline import Evidence, company_name, head
from bot.delivery.wording import clean, defused, fitted, room, shorten, unlinked
from bot.messages import Button, Line, Message, Run, is_link
from bot.texts import Texts, texts
from bot.touted import Touted
from rules.model import Article, Reading
from rules.stories import Change
from storage.rows import Chat, StoredArticle, StoredRule

HEAD = 160
TITLE = 300
OPENING = 80
SUMMARY = 160
OUTLET = 30
OUTLETS = 3
RULES = 3
RULE = 80
WORDS = 4
WORD = 24
LABEL = 12


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the buttons of an alert send back when pressed; an empty one leaves its button out.

    ``judge`` says that it is an advert, or of one that is flagged that it is none; ``touted`` asks
    which adverts tout the stock. ``story`` lists who else tells the story, ``mute_story`` says no
    more of it.
    """

    mute: str = ""
    mute_story: str = ""
    story: str = ""
    not_relevant: str = ""
    judge: str = ""
    touted: str = ""


def alert(
    article: StoredArticle,
    rules: Sequence[StoredRule],
    evidence: Evidence,
    chat: Chat,
    now: datetime,
    *,
    explain: Callable[[StoredRule], str] = lambda rule: rule.typed,
    buttons: Tokens = Tokens(),
    other_outlets: Sequence[str] = (),
    changed: Sequence[Change] = (),
    repeat: bool = False,
    touted: Touted | None = None,
) -> Message:
    """The card of one article for one chat, in the chat's language and time zone.

    ``evidence`` maps what the rules asked for to the places where the article says it; ``explain``
    gives the words under which a rule is shown. ``changed`` is what it changes of an earlier card
    on the story. ``repeat`` marks a card whose first sending ended in doubt, ``touted`` names the
    stock that adverts tout. Its visible text stays far below 4,096 UTF-16 units, whatever the
    article holds.
    """
    say = texts(chat.lang)
    it, reading = article.article, article.reading
    title = shorten(unlinked(it.title), TITLE) or fitted(unlinked(it.text), OPENING)
    first = head(reading, evidence, say) or _first_words(evidence, say)
    warning = _warning(reading, say)
    names = _names(it, other_outlets)
    groups = (
        (
            _line(shorten(first, HEAD), bold=True),
            _line(shorten(changes.line(changed, reading, say), HEAD)),
            _line(warning),
            (Run(title, url=it.url),),
        ),
        (_line(_summary(reading, title, it)), _line(key_figures.line(reading, evidence, say))),
        (_line(_touted(touted, say)),),
        (
            _line(_origin(it, chat, now, names, say)),
            _line(_why(rules, evidence, explain, say)),
            _line(say.say("card.repeat") if repeat else ""),
        ),
    )
    silent = bool(rules) and all(rule.bell == "off" for rule in rules)
    shown = _buttons(it, reading, buttons, len(names), say)
    return Message(lines=_spaced(groups), buttons=shown, silent=silent)


def _line(text: str, *, bold: bool = False) -> Line:
    return (Run(text, bold=bold),) if text else ()


def _spaced(groups: Iterable[Iterable[Line]]) -> tuple[Line, ...]:
    """The groups' lines without the empty ones, with one empty line between groups."""
    out: list[Line] = []
    for group in groups:
        lines = [line for line in group if line]
        out += [(), *lines] if out and lines else lines
    return tuple(out)


def _first_words(evidence: Evidence, say: Texts) -> str:
    words = _words(evidence)[:2]
    quoted = (say.say("card.quoted", words=word) for word in words)
    return say.say("card.between_names").join(quoted) or say.say("card.news")


def _summary(reading: Reading, title: str, article: Article) -> str:
    """Whole sentences of the summary as far as they fit, without what the title line says."""
    said = title.rstrip("…")
    fresh = [unlinked(s) for s in reading.summary.sentences]
    fresh = [s for s in fresh if s and s not in title and not (said and s.startswith(said))]
    if not fresh and article.title.strip() and (text := unlinked(article.text)) != title:
        fresh = [text] if text else []
    kept = ""
    for sentence in fresh:
        gap = " " if kept and kept[-1].isascii() and sentence[0].isascii() else ""
        if len(kept) + len(gap) + len(sentence) > room(kept + sentence, SUMMARY):
            break
        kept += gap + sentence
    return _closed(kept or (fitted(fresh[0], SUMMARY) if fresh else ""))


def _closed(text: str) -> str:
    """The text with a full stop where a semicolon promises more than the card has room for."""
    return text[:-1] + {"；": "。", ";": "."}[text[-1]] if text.endswith(("；", ";")) else text


def _names(article: Article, others: Iterable[str]) -> list[str]:
    """The other outlets as shown, each once."""
    names = dict.fromkeys(shorten(clean(name), OUTLET) for name in others)
    return [name for name in names if name and name != outlet_of(article)]


def _origin(article: Article, chat: Chat, now: datetime, names: Sequence[str], say: Texts) -> str:
    outlet = outlet_of(article)
    key = "card.origin" if article.published_at else "card.origin_fetched"
    line = say.say(key, outlet=outlet, time=_time(article.at, chat, now, say))
    if not names:
        return line
    listed = say.say("card.between_names").join(names[:OUTLETS])
    if len(names) > OUTLETS:
        listed = say.say("card.others_cut", names=listed)
    return say.say("card.others", origin=line, count=len(names), names=listed)


def outlet_of(article: Article) -> str:
    """The outlet as shown: its name, or the key of the feed it came through."""
    return shorten(clean(article.outlet) or clean(article.source), OUTLET)


def _time(moment: datetime, chat: Chat, now: datetime, say: Texts) -> str:
    zone = ZoneInfo(chat.zone)
    local = moment.astimezone(zone)
    key = "card.time" if local.year == now.astimezone(zone).year else "card.time_year"
    return say.say(
        key,
        year=local.year,
        month=local.month,
        day=local.day,
        hour=f"{local.hour:02}",
        minute=f"{local.minute:02}",
    )


def _why(
    rules: Sequence[StoredRule],
    evidence: Evidence,
    explain: Callable[[StoredRule], str],
    say: Texts,
) -> str:
    comma = say.say("card.between_names")
    names = list(dict.fromkeys(shorten(clean(explain(rule)), RULE) for rule in rules))
    if not names:
        return ""
    listed = comma.join(names[:RULES])
    if len(names) > RULES:
        listed = say.say("card.more_rules", rules=listed, count=len(names))
    if not (words := _words(evidence)):
        return say.say("card.matched", rules=listed)
    return say.say("card.matched_words", rules=listed, words=comma.join(words[:WORDS]))


def _words(evidence: Evidence) -> list[str]:
    """The words that the rules held on, the first place of each thing asked for."""
    firsts = [fitted(clean(held[0].text), WORD) for held in evidence.values() if held]
    return _without_parts([word for word in dict.fromkeys(firsts) if word])


def _without_parts(words: list[str]) -> list[str]:
    """The words without those that only say a part of another one."""
    folded = [word.casefold() for word in words]
    return [
        word
        for word, low in zip(words, folded, strict=True)
        if not any(low != other and low in other for other in folded)
    ]


def _warning(reading: Reading, say: Texts) -> str:
    if not reading.promotion.flagged:
        return ""
    found = [signal.evidence[0] for signal in reading.promotion.fired if signal.evidence]
    words = [fitted(defused(clean(word)), WORD) for word in dict.fromkeys(found)][:3]
    quoted = "".join(say.say("card.quoted", words=word) for word in words if word)
    return say.say("card.promotion", words=quoted)


def _touted(touted: Touted | None, say: Texts) -> str:
    if touted is None:
        return ""
    name = company_name(touted.company, say)
    return say.say("card.touted", company=name, days=touted.days, count=touted.adverts)


def _buttons(
    article: Article, reading: Reading, tokens: Tokens, others: int, say: Texts
) -> tuple[tuple[Button, ...], ...]:
    name = fitted(outlet_of(article), LABEL)
    verdict = "card.honest" if reading.promotion.flagged else "card.advert"
    rows = (
        (
            ("card.mute", tokens.mute),
            ("card.mute_story", tokens.mute_story),
        ),
        (
            ("card.not_relevant", tokens.not_relevant),
            (verdict, tokens.judge),
        ),
        (("card.outlets", tokens.story if others else ""),),
    )
    labels: dict[str, dict[str, str | int]] = {
        "card.mute": {"outlet": name},
        "card.outlets": {"count": others},
    }
    buttons = [
        [Button(say.say(key, **labels.get(key, {})), token=token) for key, token in row if token]
        for row in rows
    ]
    if is_link(article.url):
        buttons[-1].append(Button(say.say("card.read"), url=article.url))
    if tokens.touted:
        buttons.append([Button(say.say("card.touted_button"), token=tokens.touted)])
    return tuple(tuple(row) for row in buttons if row)
