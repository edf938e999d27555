"""What the finds of one article, its sentences and its trade say about each doubtful find."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rules.companies.context import context, opens
from rules.companies.directory import Directory
from rules.companies.neighbours import (
    CERTAIN,
    Find,
    one_at_a_place,
    pair_names_with_codes,
    spread_along_lists,
    trust_ticker_lists,
)
from rules.document import Document

_NEEDS_TOUCH = -1.0  # a lower prior needs a word beside the name that speaks for it
_NEAR = 12  # finds on either side that can vouch for one; a sentence may be endless
_TAG, _TAG_LONGEST = "〈〉【】《》[]<>", 14  # around what a headline files its story under


def weighed(
    document: Document, finds: list[Find], finance: Sequence[int], directory: Directory
) -> list[Find]:
    """Those of ``finds``, in order of position, that count after all has been said about them.

    ``finance`` are the places of finance words, in order.
    """
    text = document.text
    finds = one_at_a_place(finds)
    _doubt_other_senses(document, finds)
    _tell_namesakes(document, finds)
    pair_names_with_codes(text, finds)
    trust_ticker_lists(text, finds, directory)
    sure = {f.symbol for f in finds if f.marked or f.score >= CERTAIN}
    for number, find in enumerate(finds):
        if not find.marked and find.score < CERTAIN:
            near = finds[max(0, number - _NEAR) : number + _NEAR + 1]
            _weigh(document, find, near, finance, sure)
    spread_along_lists(text, finds, context())
    _give_figures_a_subject(document, finds)
    return [find for find in finds if find.marked or find.score >= 0]


def _doubt_other_senses(document: Document, finds: Iterable[Find]) -> None:
    """Take from the score of 蘋果 in a sentence that speaks of fruit."""
    senses = context().senses
    for find in finds:
        if find.name and find.name.text in senses:
            sentence = document.sentence_at(find.start)
            find.score += context().otherwise(
                document.text, find.name.text, sentence.start, sentence.end
            )


def _tell_namesakes(document: Document, finds: Iterable[Find]) -> None:
    """Put the company first of whose trade the words near a shared name are: 恆大 and 口罩."""
    for find in finds:
        if find.name and len(find.symbols) > 1 and not find.marked:
            near = [s for s in find.symbols if _speaks_of_trade(document, find, s)]
            find.symbols = tuple(dict.fromkeys((*near, *find.symbols)))


def _speaks_of_trade(document: Document, find: Find, symbol: str) -> bool:
    """Whether a word of the company's trade stands near its name, where that may help."""
    name, industry = find.name, None
    if name and name.industries and symbol in name.symbols:
        industry = name.industries[name.symbols.index(symbol)]
    if industry is None:
        return False
    sentence = document.sentence_at(find.start)
    return industry.near(document.text, find.start, find.end, (sentence.start, sentence.end))


def _weigh(
    document: Document, find: Find, near: Sequence[Find], finance: Sequence[int], sure: set[str]
) -> None:
    """Add what the sentence and the article say to a doubtful find; ``near`` are around it."""
    scores, text = context().scores, document.text
    common = find.name is not None and find.name.prior < _NEEDS_TOUCH and not find.touched
    if common and not opens(text, find.start):
        return  # neither the sentence nor the article makes a company of so common a word
    own_trade = _speaks_of_trade(document, find, find.symbol)
    if common and not own_trade:
        return
    if own_trade:
        find.score += scores.industry
    known = [symbol for symbol in find.symbols if symbol in sure]
    if known:
        find.symbols = (known[0],)
        find.score += scores.known
    sentence = document.sentence_at(find.start)
    at = bisect_left(finance, sentence.start)
    if at < len(finance) and finance[at] < sentence.end:
        find.score += scores.finance
    elif find.name is None and (finance or any(map(find.like, near))):
        find.score += scores.elsewhere
    first, last = sentence.start, sentence.end
    for other in near:  # a generator would cost more than all else here
        if (
            first <= other.start < last
            and (other.marked or other.score >= CERTAIN)
            and other.symbol not in find.symbols
        ):
            find.score += scores.others
            break


def _give_figures_a_subject(document: Document, finds: Sequence[Find]) -> None:
    """Add to the doubtful name that opens a sentence about a company's figures.

    巨大歐洲市場銷售不振 3月營收年減逾2成: some company's they are, and nobody else is named.
    """
    doubtful = [f for f in finds if f.name and not f.name.latin and f.score < 0]
    if not doubtful:
        return
    text, taken = document.text, [f.start for f in finds if f.marked or f.score >= 0]
    for find in doubtful:
        sentence = document.sentence_at(find.start)
        at = bisect_left(taken, sentence.start)
        alone = at == len(taken) or taken[at] >= sentence.end
        subject = alone and _opens_sentence(text, find, sentence.start)
        if subject and context().figures.search(text, find.end, sentence.end):
            find.score += context().scores.figures


def _opens_sentence(text: str, find: Find, start: int) -> bool:
    """Whether the find stands at the ``start`` or behind the tag there: 〈財報〉全家."""
    if find.start - start > _TAG_LONGEST:
        return False
    before = text[start : find.start].strip()
    return not before or (before[0] in _TAG and before[-1] in _TAG)
