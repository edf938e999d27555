"""/check: is this text an advert for stock picks, and why? Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.articles import company_label
from bot.chat.context import Context
from bot.chat.defang import contact, defang
from bot.chat.links import behind, link_in
from bot.chat.replies import Choice, Filling, Part, Reply, Say, listed, reply, say, say_of, short
from bot.chat.sightings import Pasted, contacts_seen, copies_seen
from bot.verdicts import ChatVerdict, Verdicts
from rules.model import Article, Promotion, Signal
from rules.promotion import records
from rules.text import folded
from storage.feedback import ADVERT, HONEST
from storage.rows import StoredArticle

LONGEST = 20_000  # characters that are read: what chats carry, several times
_SHORTEST = 12  # letters, digits and Chinese characters: below this a text says nothing
_REASONS, _HINTS, _WORDS = 5, 3, 3
_WORD = 24  # characters of a word that was seen
_TICKERS, _CONTACTS = 10, 5
# What a text is about and how it looks is no reason that convinces anybody; it comes last.
_WEAK = ("context", "form", "learned")


def check(context: Context, argument: str) -> Reply:
    """Judge what was pasted or passed on, or the message that is answered."""
    answered = context.answered()
    if answered is not None and says_little(argument):
        return _told(context, _of_stored(context, answered), answered)
    text = context.quoted if context.quoted and says_little(argument) else argument
    if not text.strip():
        return wordless() if context.reply_to else reply(say("check.ask"))
    stored = behind(context, text) if _is_link(text) else None
    if stored is not None:
        return _told(context, _of_stored(context, stored), stored)
    return _of_text(context, text)


def wordless() -> Reply:
    """The answer to a picture, a video or a recording without words."""
    return reply(say("check.no_text"))


def is_suspect(context: Context, text: str) -> bool:
    """Whether a text has to do with adverts: it is one, or gives somebody's contact id."""
    promotion = _read(context, text).pasted.reading.promotion
    return promotion.flagged or bool(promotion.contacts)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A text as the chat sees it: its reading with what was taught, where that made a difference.

    ``word`` is what the chat said of the text itself, which is final; its reading is then what the
    bot makes of it alone. ``taught`` says what made the difference else.
    """

    pasted: Pasted
    word: str = ""
    taught: str = ""


def _read(context: Context, text: str) -> _Judged:
    article = article_of(text, context.now)
    reading = context.reader.read(article)
    chats = dict.fromkeys((context.chat.id, context.whole()))
    verdict = Verdicts(context.store).of_text(chats, article, reading.promotion)
    return _judged_by(Pasted(article, reading), verdict, verdict.said)


def article_of(text: str, now: datetime) -> Article:
    """A text that somebody wrote, as what the engine reads."""
    return Article("pasted", "", text[:LONGEST], "", now)


def _judged_by(pasted: Pasted, verdict: ChatVerdict, word: str) -> _Judged:
    if word:
        return _Judged(pasted, word)
    shared = verdict.promotion.taught - verdict.taught
    who, by = ("taught", verdict.taught) if verdict.taught else ("shared", shared)
    reading = replace(pasted.reading, promotion=verdict.promotion)
    taught = f"{who}_{'advert' if by > 0 else 'honest'}" if by else ""
    return _Judged(replace(pasted, reading=reading), taught=taught)


def _of_text(context: Context, text: str) -> Reply:
    judged = _read(context, text)
    promotion = judged.pasted.reading.promotion
    if says_little(text) and not (promotion.flagged or promotion.contacts or judged.word):
        return reply(say("check.too_short"))
    if _is_link(text) and not promotion.contacts:
        return reply(say("check.link_alone", link=defang(short(text))))
    cut = [say("check.cut", limit=LONGEST)] if len(text) > LONGEST else []
    return _told(context, judged, None, *cut)


def _of_stored(context: Context, stored: StoredArticle) -> _Judged:
    chat, known = context.chat.id, stored.reading.promotion
    verdict = Verdicts(context.store).of_stored(chat, stored.id, stored.article, known)
    said = context.store.feedback.word(chat, stored.id)
    word = {ADVERT: "advert", HONEST: "honest"}.get(said, "")
    return _judged_by(Pasted(stored.article, stored.reading, stored.id), verdict, word)


def _told(context: Context, judged: _Judged, stored: StoredArticle | None, *notes: Say) -> Reply:
    """The verdict, its reasons, what it touts, whom it wants to be written to, and advice."""
    pasted = judged.pasted
    promotion, lang = pasted.reading.promotion, context.chat.lang
    seen = [*contacts_seen(context, pasted), *copies_seen(context, pasted)]
    in_adverts = any(one.in_adverts for one in seen)
    suspect = promotion.flagged or in_adverts or judged.word == "advert"
    shown = [stored.id] if stored else [one.copy for one in seen if one.copy]
    return reply(
        _verdict(judged, suspect=suspect),
        *([say_of("check", judged.taught)] if judged.taught else []),
        *notes,
        *(_reasons(promotion, lang) if promotion.flagged else _hints(promotion, lang)),
        *_touted(pasted, lang),
        *_contacts(promotion, suspect=suspect),
        *_sightings(promotion, [one.line for one in seen]),
        None,
        say("check.advice") if suspect else say("check.advice_honest"),
        choices=[[Choice(say("check.why"), "why", {"article": str(id_)})] for id_ in shown[:1]],
    )


def _verdict(judged: _Judged, *, suspect: bool) -> Say:
    """What the chat said counts first, then the text by itself, then the company that it keeps."""
    promotion = judged.pasted.reading.promotion
    score = round(promotion.score * 100)
    if judged.word:
        return say_of("check", f"said_{judged.word}", score=score)
    if promotion.flagged:
        return say("check.advert", score=score)
    return say("check.known", score=score) if suspect else say("check.honest", score=score)


def _reasons(promotion: Promotion, lang: str) -> list[Part]:
    """The strongest signals with the words they saw, and how many more there are."""
    fired = sorted(promotion.fired, key=lambda signal: signal.group in _WEAK)
    rest = len(fired) - _REASONS
    more = [say("check.more", count=rest)] if rest > 0 else []
    return [say("check.reasons"), *_described(fired[:_REASONS], lang), *more]


def _hints(promotion: Promotion, lang: str) -> list[Part]:
    """What is suspicious but not enough, and words that stand there without being meant so."""
    fired = [s for s in promotion.fired if s.group not in _WEAK]
    told = [s for s in promotion.signals if not s.fired and s.evidence and s.group not in _WEAK]
    words = [word for signal in told for word in signal.evidence]
    parts: list[Part] = []
    if fired:
        parts += [say("check.hints"), *_described(fired[:_HINTS], lang)]
    if words:
        parts.append(say("check.told", words=_quoted(words)))
    return parts


def _described(signals: list[Signal], lang: str) -> Iterator[Say]:
    meanings = {record.name: record.description(lang) for record in records()}
    for signal in signals:
        meaning = meanings.get(signal.name, signal.name)
        if signal.evidence and signal.group != "learned":
            yield say("check.reason", meaning=meaning, words=_quoted(signal.evidence))
        else:
            yield say("check.reason_alone", meaning=meaning)


def _quoted(words: Iterable[str]) -> Filling:
    """The first words in quotation marks, harmless and short; none that another one holds."""
    different = list(dict.fromkeys(words))
    whole = [w for w in different if not any(w in other for other in different if other != w)]
    shown = whole[:_WORDS]
    return listed(say("check.word", word=defang(short(word, _WORD))) for word in shown)


def _touted(pasted: Pasted, lang: str) -> list[Part]:
    symbols = pasted.reading.promotion.touted
    if not symbols:
        return []
    named = [company_label(pasted.reading, symbol, lang) for symbol in symbols]
    rest = len(named) - _TICKERS
    more = [say("check.and_more", count=rest)] if rest > 0 else []
    code = symbols[0].partition(".")[0]
    return [
        say("check.tickers", tickers=listed([*named[:_TICKERS], *more])),
        say("check.tickers_hint", code=code),
    ]


def _contacts(promotion: Promotion, *, suspect: bool) -> list[Part]:
    found = [contact(value) for value in promotion.contacts[:_CONTACTS]]
    rest = len(promotion.contacts) - _CONTACTS
    more = [say("check.and_more", count=rest)] if rest > 0 else []
    if not found:
        return []
    named = listed([*found, *more])
    if suspect:
        return [say("check.contacts", contacts=named)]
    return [say("check.contacts_honest", contacts=named)]


def _sightings(promotion: Promotion, seen: list[Say]) -> list[Part]:
    if seen:
        return [say("check.seen"), *seen]
    return [say("check.unseen")] if promotion.flagged or promotion.contacts else []


def says_little(text: str) -> bool:
    """Whether a text is too short to say anything about it."""
    return sum(char.isalnum() for char in folded(text[:LONGEST])) < _SHORTEST


def _is_link(text: str) -> bool:
    """Whether it is one link and nothing else."""
    return len(text.split()) == 1 and bool(link_in(text)) and text.isascii()
