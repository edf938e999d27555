"""The computed tests: what words cannot say. Each answers a Finding with the places it saw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rules.model import Signal
from rules.promotion import concepts, learned
from rules.promotion.contacts import Contact
from rules.promotion.frames import edges
from rules.promotion.page import Page, quoted
from rules.promotion.records import Finding, Mark
from rules.promotion.touting import Listing, Place
from rules.promotion.vocabulary import CALLS, ELSEWHERE, MARKET
from rules.sentences import Sentence

_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\u25a0-\u25ff\U0001f300-\U0001faff]")
_SHOUT = re.compile(r"[!?]{3,}|(?:![^!]{1,40}){4,}")
_SEPARATORS = re.compile(r"([*=\-_~.─━—﹍▬◆■#])\1{7,}")
_LINES = tuple(char * 8 for char in "*=-_~.─━—﹍▬◆■#")
_ACCOUNTS = ("LINE_ADDRESS", "MESSENGER_ADDRESS")
_NEARBY = 80  # folded characters between talk of stocks and a contact that is given for them
# Few but stock pickers talk so, whatever they call their subject.
_PICKING = ("SECRET_PICKS", "NEXT_PICK", "PAST_WINS")
_BOAST = "WIN_RATE"  # other trades have that too
_SHARES = re.compile("(?<![控入认参屁臀])股(?![东份权长])|\\d檔|\\d档")
_SHOWN = 5  # emoji that serve as evidence
_SUBJECT_ELSEWHERE = 2  # more points where another trade is named
_SHORT_TEXT, _LONG_TEXT = 120, 600  # folded characters
_SHOUT_LEAST = 3  # marks
_EMOJI_LEAST, _EMOJI_SHARE = 4, 1 / 80  # at least four, and one in eighty characters


@dataclass(frozen=True, slots=True)
class Facts:
    """What was worked out once for all tests."""

    page: Page
    footers: frozenset[Sentence]
    named: Sequence[Place]
    contacts: tuple[Contact, ...]
    listing: Listing
    row: tuple[tuple[int, int], ...]

    def says(self, contact: Contact) -> bool:
        """Whether the article gives the contact itself, neither in a footer nor in a quotation."""
        document = self.page.document
        footer = document.sentence_at(contact.start) in self.footers
        return not footer and not quoted(document, contact.start)

    def means(self, place: tuple[int, int]) -> bool:
        """Whether the article says the words there itself: not in a footer, not told about."""
        footer = self.page.document.sentence_at(place[0]) in self.footers
        return not footer and not self.page.tells(Mark(*place, word=""))


def _contacts(kind: str) -> Callable[[Facts], Finding]:
    def check(facts: Facts) -> Finding:
        given = [c for c in facts.contacts if c.kind == kind]
        said = [c for c in given if facts.says(c)]
        fired = bool(said) and not facts.page.warning
        return Finding(fired, tuple((c.start, c.end) for c in (said if fired else given)))

    return check


def _found(pattern: re.Pattern[str], text: str) -> Finding:
    places = tuple(match.span() for match in pattern.finditer(text))
    return Finding(bool(places), places)


def _shouting(facts: Facts) -> Finding:
    text = facts.page.document.text
    if text.count("!") + text.count("?") < _SHOUT_LEAST:
        return Finding(fired=False)
    return _found(_SHOUT, text)


def _separators(facts: Facts) -> Finding:
    text = facts.page.document.text
    if not any(line in text for line in _LINES):
        return Finding(fired=False)
    return _found(_SEPARATORS, text)


def _emoji(facts: Facts) -> Finding:
    text = facts.page.document.text
    places = [match.span() for match in _EMOJI.finditer(text)]
    fired = len(places) >= max(_EMOJI_LEAST, len(text) * _EMOJI_SHARE)
    return Finding(fired, tuple(places[:_SHOWN]))


def _repeated_link(facts: Facts) -> Finding:
    counts = Counter(c.value for c in facts.contacts)
    places = tuple((c.start, c.end) for c in facts.contacts if counts[c.value] > 1)
    return Finding(bool(places), places)


def _tout_list(facts: Facts) -> Finding:
    return Finding(bool(facts.listing.parts), facts.listing.parts)


def _ticker_row(facts: Facts) -> Finding:
    return Finding(bool(facts.row), facts.row)


def _disguised_words(facts: Facts) -> Finding:
    marks = {
        (mark.start, mark.end)
        for owner, owned in facts.page.marks.items()
        for mark in owned
        if mark.disguised and owner.isupper() and owner != "STOCK_TALK"
    }
    return Finding(bool(marks), tuple(sorted(marks)))


def _stock_talk(facts: Facts) -> Finding:
    """Told-about words count too: reporting on stocks is as good a subject as praising them.

    A word of the stock market alone, a list of stocks or two named companies say enough (twice as
    much in a long text); of words that other trades share it takes several, but in a short message,
    and more where another trade is named.
    """
    own, shared = (facts.page.marks.get(owner, ()) for owner in ("STOCK_TALK", MARKET))
    named = facts.named if len({place.symbol for place in facts.named}) > 1 else ()
    lists = [*facts.listing.parts, *facts.row, *((place.start, place.end) for place in named)]
    points = 2 * len({mark.word for mark in own}) + len({mark.word for mark in shared})
    points += 2 * bool(lists)
    points += sum(bool(facts.page.said(owner)) for owner in _PICKING)
    points += bool(points and facts.page.said(_BOAST))
    length = len(facts.page.document.text)
    needed = 1 if length <= _SHORT_TEXT else 2 if length <= _LONG_TEXT else 4
    if not own and ELSEWHERE in facts.page.marks:
        needed += _SUBJECT_ELSEWHERE
    picking = (mark for owner in _PICKING for mark in facts.page.said(owner))
    places = [(mark.start, mark.end) for mark in (*own, *shared, *picking)]
    if points == needed - 1 and (share := _SHARES.search(facts.page.document.text)):
        points += 1
        places.append(share.span())
    return Finding(points >= needed, (*places, *lists))


def _contact_for_stocks(facts: Facts) -> Finding:
    """A messenger's account (not a mere short link), and talk of stocks just before it."""
    page = facts.page
    talk = [m.end for owner in ("STOCK_TALK", MARKET) for m in page.marks.get(owner, ())]
    places = tuple(
        (contact.start, contact.end)
        for contact in facts.contacts
        if contact.kind in _ACCOUNTS
        and facts.says(contact)
        and any(0 <= contact.start - end <= _NEARBY for end in talk)
    )
    return Finding(bool(places) and not page.warning, places)


# Scores of the learned model from which each of its signals fires.
LEARNED: Mapping[str, float] = {
    "learned_possible": 0.0,
    "learned_likely": 1.25,
    "learned_strong": 1.5,
    "learned_clear": 2.25,
    "learned_certain": 3.0,
}
_UNNAMED, _UNNAMED_LEAST = "unnamed_stocks", 1.5
_OF_STOCKS = frozenset({"pick", "nameword", "order", "gains", "stock", "unlisted"})  # concepts


def read_closely() -> frozenset[str]:
    """The tests that ``closely`` answers."""
    return frozenset({*LEARNED, *concepts.load().pairs, _UNNAMED})


def closely(facts: Facts, explained: Iterable[Signal]) -> Mapping[str, Finding]:
    """What the tests say that read every word. Asked only where it can matter.

    ``explained`` are the other signals' answers.
    """
    if facts.page.warning:
        return {}
    model, text = learned.load(), facts.page.document.text
    said = concepts.features(text)
    score = model.score(text, learned.ideas(said, explained))
    if score < min(LEARNED.values()):
        return {}
    telling = Finding(fired=True, places=tuple((at, at + n) for at, n in model.telling(text, said)))
    found = {test: telling for test, least in LEARNED.items() if score >= least}
    for test, pairs in concepts.load().pairs.items():
        places = [said[pair] for pair in pairs if pair in said]
        own = [place for place in places if facts.means(place)]
        found[test] = Finding(bool(own), tuple(own or places))
    elsewhere = ELSEWHERE in facts.page.marks
    if score >= _UNNAMED_LEAST and not elsewhere and not _OF_STOCKS.isdisjoint(said):
        found[_UNNAMED] = telling
    return found


def calls(facts: Facts) -> int:
    """How many different words speak to a reader at the edges of the text, where calls stand."""
    within = edges(facts.page.document.text)
    marks = facts.page.marks.get(CALLS, ())
    return len({m.word for m in marks if any(start <= m.start < end for start, end in within)})


CHECKS: Mapping[str, Callable[[Facts], Finding]] = {
    "line_address": _contacts("LINE_ADDRESS"),
    "messenger_address": _contacts("MESSENGER_ADDRESS"),
    "contact_for_stocks": _contact_for_stocks,
    "short_link": _contacts("SHORT_LINK"),
    "emoji": _emoji,
    "shouting": _shouting,
    "separators": _separators,
    "repeated_link": _repeated_link,
    "tout_list": _tout_list,
    "ticker_row": _ticker_row,
    "disguised_words": _disguised_words,
    "stock_talk": _stock_talk,
}
