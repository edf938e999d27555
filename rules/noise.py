"""Which words would keep a rule's noise out and its good articles in?

Noise is what the rule matched but hardly meant: adverts, mentions in passing, words that stand
nowhere near headline and lead, and what the chat called not relevant. A word is suggested only
where it stands in many headlines of the noise and in no good article at all, so clearly that it is
no accident (Fisher's exact test), and only if fewer alerts are sent with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import comb

from rules.backtest import Trial
from rules.evaluate import Evaluator
from rules.model import And, KeywordTerm, Not, Or, Outcome, Part, Term
from rules.text import fold, is_cjk
from rules.words import words

_LEAD = 200  # characters of the text that are its lead
_CHANCE = 0.005  # how likely an accident may be at most
_LEAST = 3  # articles of noise that hold the word
_SPARED = 2  # alerts that must be saved
_TRIED = 12  # words whose exclusion is tried exactly
_LONGEST = 4  # characters of a Chinese word
_LATIN = re.compile(r"[a-z][a-z&]{2,}")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A word worth excluding: as headlines spell it, and folded as rules hold it.

    ``spared`` alerts fewer would have been sent, ``held`` adverts and passing mentions less kept
    back; of ``good`` articles none would have been lost.
    """

    word: str
    term: KeywordTerm
    spared: int
    held: int
    good: int


def exclusion(
    term: Term, trials: Sequence[Trial], unwanted: frozenset[int] = frozenset()
) -> Exclusion | None:
    """The word that is best excluded from the rule ``term``, by what it matched; None without any.

    ``unwanted`` are the ids of articles that the chat called not relevant.
    """
    noise = [trial for trial in trials if is_noise(trial, unwanted)]
    good = [t for t in trials if t.outcome is Outcome.PUSH and not is_noise(t, unwanted)]
    found = (_tried(word, shown, noise, good) for word, shown in _telling(term, noise, good))
    useful = [one for one in found if one is not None]
    return max(useful, key=lambda one: (one.spared, one.held), default=None)


def is_noise(trial: Trial, unwanted: frozenset[int] = frozenset()) -> bool:
    """Whether the rule hardly meant this article."""
    if trial.outcome in {Outcome.PROMOTION, Outcome.PASSING}:
        return True
    return trial.outcome is Outcome.PUSH and (trial.past.id in unwanted or _is_aside(trial))


def _is_aside(trial: Trial) -> bool:
    """Whether every word that the rule held on stands behind headline and lead."""
    spans = [span for found in trial.evidence.values() for span in found]
    return bool(spans) and all(s.part is Part.TEXT and s.start >= _LEAD for s in spans)


def _telling(
    term: Term, noise: Sequence[Trial], good: Sequence[Trial]
) -> Iterator[tuple[str, str]]:
    """Words of the noise's headlines that no good headline has, the surest first; as spelt."""
    shown: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for trial in noise:
        found = dict(_words(trial))
        shown |= found
        counts.update(found.keys())
    for trial in good:
        for word, _ in _words(trial):
            counts.pop(word, None)
    own = {part.text for part in _keywords(term)}
    likely = [word for word, count in counts.items() if count >= _LEAST and word not in own]
    likely.sort(key=lambda word: (-counts[word], -len(word), word))
    yield from ((word, shown[word]) for word in likely[:_TRIED])


def _words(trial: Trial) -> Iterator[tuple[str, str]]:
    """Dictionary words in the headline, folded and as spelt, but no part of a company's name."""
    document, book = trial.document, words()
    title = document.text[: document.title_end]
    named = _named(trial)
    for match in _LATIN.finditer(title):
        if not named.intersection(range(match.start(), match.end())):
            yield match[0], document.original(match.start(), match.end())
    for start in range(len(title)):
        for end in range(start + 2, min(start + _LONGEST, len(title)) + 1):
            word = title[start:end]
            if not all(map(is_cjk, word)) or named.intersection(range(start, end)):
                continue
            if book.count(word) and book.stands(title, start, end):
                yield word, document.original(start, end)


def _named(trial: Trial) -> frozenset[int]:
    """The places of the folded headline that name a company."""
    origins = fold(trial.past.article.title).origins
    places = {
        place
        for mention in trial.past.reading.mentions
        for span in mention.evidence
        if span.part is Part.TITLE
        for place in range(span.start, span.end)
    }
    return frozenset(number for number, origin in enumerate(origins) if origin in places)


def _tried(
    word: str, shown: str, noise: Sequence[Trial], good: Sequence[Trial]
) -> Exclusion | None:
    """The exclusion of ``word``, if it takes out noise enough and nothing good."""
    term = KeywordTerm(word, exact=True)  # in quotes it can be no company's or event's name
    out = [trial for trial in noise if _holds(term, trial)]
    chance = comb(len(noise), len(out)) / comb(len(noise) + len(good), len(out))
    spared = sum(trial.outcome is Outcome.PUSH for trial in out)
    if len(out) < _LEAST or spared < _SPARED or chance > _CHANCE:
        return None
    if any(_holds(term, trial) for trial in good):
        return None
    return Exclusion(shown, term, spared, len(out) - spared, len(good))


def _holds(term: KeywordTerm, trial: Trial) -> bool:
    return Evaluator(trial.document, trial.past.reading).atom(term) is not None


def _keywords(term: Term) -> Iterable[KeywordTerm]:
    match term:
        case And(parts) | Or(parts):
            return [word for part in parts for word in _keywords(part)]
        case Not(part):
            return _keywords(part)
        case KeywordTerm():
            return [term]
    return []
