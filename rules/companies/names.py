"""Every way in which an article may name a company, and how far each is to be trusted.

The trust in a name is a *prior*: a score to which the context of a find adds its own (see
``context``); a find counts from zero up. It is worked out for all names by one formula: a listed
short name that is no word of the language is trusted; the commoner a word it is, the less. Only
exceptions are written down, in the ``strong`` and ``weak`` columns of the listings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.companies.records import Record
from rules.text import folded, is_cjk
from rules.words import Words

_FORM = re.compile(r"-?(?:ky创|ky|创|dr)$")
_LEGAL_FORM = re.compile(
    r",? (?:inc\.?|corporation|corp\.?|company|companies|plc|& co\.?|holdings?|limited|group|ltd\.?)$"
)
# A weak name's prior, and that of a name found in no dictionary.
WEAK, UNKNOWN, STRONG = -4.0, 2.5, 4.0
_SHORT_LATIN = 3  # letters; a Latin name that short (GIS, ABC, TPK) is also an abbreviation


@dataclass(frozen=True, slots=True)
class Name:
    """A folded name of some company.

    ``symbols`` are the companies it may mean, the likeliest first. ``word`` says that it is also
    a word of the language or an abbreviation.
    """

    text: str
    symbols: tuple[str, ...]
    prior: float
    latin: bool

    @property
    def word(self) -> bool:
        """Whether the name means something else as well."""
        return self.prior < 0


def collect(records: Mapping[str, Record], words: Words) -> dict[str, Name]:
    """All names of all companies by their folded text."""
    symbols: dict[str, list[str]] = {}
    priors: dict[str, float] = {}
    for record in records.values():
        weak = {folded(name) for name in record.weak}
        strong = {folded(name) for name in record.strong} - weak
        for name in [*_listed(record), *strong, *weak]:
            owners = symbols.setdefault(name, [])
            if record.symbol in owners:
                continue
            owners.append(record.symbol)
            prior = WEAK if name in weak else STRONG if name in strong else _prior(name, words)
            priors[name] = min(prior, priors.get(name, prior))
    return {
        text: Name(text, tuple(owners), priors[text], not any(map(is_cjk, text)))
        for text, owners in symbols.items()
    }


def _listed(record: Record) -> Iterable[str]:
    """The short name with and without -KY, -創, -DR, and the English name without its legal form."""
    forms = [folded(record.name)] if record.name else []
    if record.taiwanese:
        forms += [_FORM.sub("", form) for form in forms]
    english = folded(record.english)
    forms += [english, _LEGAL_FORM.sub("", english)] if english else []
    return dict.fromkeys(form for form in forms if len(form) > 1 and not form.isdigit())


def _prior(name: str, words: Words) -> float:
    """Trust in a name that nobody has judged by hand."""
    if not any(map(is_cjk, name)):
        return WEAK if len(name) <= _SHORT_LATIN else UNKNOWN
    count = words.count(name)
    if not count:
        return UNKNOWN + (len(name) - 2)
    # A word of count 3 is nearly always the company itself, of 10 a toss-up, above it a word.
    return max(WEAK - 1, 1.5 - 1.5 * math.log10(count))
