"""The fingerprint of an article: who, what, how much, in which words, and how to find it again."""

from __future__ import annotations

import re
from collections.abc import Callable

from rules.model import Article, Event, Fingerprint, Part, Reading, Salience
from rules.stories import amounts, marks, wording
from rules.text import folded

_WORDING = 300  # characters of the text that are compared; what follows is background
_HEADLINE = 60  # characters that stand for the headline of an article without one
_TAG = re.compile(r"^\s*(?:〈[^〉]{1,16}〉|《[^》]{1,16}》|【[^】]{1,16}】|\[[^\]]{1,16}\])\s*")
_TERMS = 100  # terms kept, the rarest
_LEAD = 160  # characters of the text that hold main acts
# Together at most 24 keys:
_ACT_KEYS, _SUBJECT_KEYS, _AMOUNT_KEYS, _TITLE_KEYS, _WORD_KEYS = 4, 3, 5, 8, 4


def fingerprint(article: Article, reading: Reading) -> Fingerprint:
    """What of ``article`` tells its story, and at most 24 keys to look candidates up by.

    Only headline and lead count: side remarks would tie unrelated stories together.
    """
    text = folded(article.text[:_WORDING])
    headline = folded(article.title) or text[:_HEADLINE]
    nameless = _without_names(reading)
    title = wording.terms(nameless(_TAG.sub("", headline) or headline))
    shingles = frozenset(wording.heaviest(wording.terms(nameless(text)) | title, _TERMS))
    acts = frozenset(
        (e.kind, symbol) for e in reading.events if _is_main(e) for symbol in e.companies or ("",)
    )
    subjects = _subjects(reading) | marks.topics(headline)
    told = amounts.tokens(reading, f"{headline}\n{text[: amounts.LEAD]}")
    return Fingerprint(
        at=article.at,
        subjects=subjects,
        acts=acts,
        amounts=told,
        shingles=shingles,
        keys=_keys(acts, subjects, told, title, shingles),
        title=title,
        marks=marks.of(article, reading, headline),
    )


def _without_names(reading: Reading) -> Callable[[str], str]:
    """Takes the subjects' names out of a folded text.

    Who it is about is compared by itself. Counted as wording too, a rare name would make one story
    of all that happens to a small company in two days.
    """
    subjects = _subjects(reading)
    named = {
        folded(span.text)
        for mention in reading.mentions
        if mention.company.symbol in subjects
        for span in mention.evidence
    }
    if not named:
        return str
    names = re.compile("|".join(map(re.escape, sorted(named, key=len, reverse=True))))
    return lambda text: names.sub(" ", text)


def _is_main(event: Event) -> bool:
    return not event.background and (event.span.part is Part.TITLE or event.span.start < _LEAD)


def _subjects(reading: Reading) -> frozenset[str]:
    """The companies of the headline, or of the lead where the headline names none."""
    about = [m for m in reading.mentions if m.about]
    for place in (Salience.HEADLINE, Salience.LEAD):
        found = frozenset(m.company.symbol for m in about if m.salience is place)
        if found:
            return found
    return frozenset()


def _keys(
    acts: frozenset[tuple[str, str]],
    subjects: frozenset[str],
    told: frozenset[str],
    title: frozenset[int],
    shingles: frozenset[int],
) -> frozenset[str]:
    exact = sorted(told, key=lambda token: (-amounts.digits(token), token))[:_AMOUNT_KEYS]
    rare = wording.heaviest(title, _TITLE_KEYS)
    more = wording.heaviest(shingles - set(rare), _WORD_KEYS)
    return frozenset(
        [f"act:{kind}:{symbol}" for kind, symbol in sorted(acts) if symbol][:_ACT_KEYS]
        + [f"about:{symbol}" for symbol in sorted(subjects)][:_SUBJECT_KEYS]
        + [f"amount:{token}" for token in exact]
        + [f"word:{term:x}" for term in rare + more]
    )
