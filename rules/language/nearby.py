"""Companies that may be meant by a name or code that nobody has."""

from __future__ import annotations

from collections.abc import Iterator

from rules.language.known import Known
from rules.language.likeness import alike
from rules.model import Company
from rules.text import folded, is_cjk

MOST = 4  # candidates that an answer lists
_TAIWAN = (".TW", ".TWO")
_LONG = 7  # letters from which on two of them may be wrong
_SHARED = 2 / 3  # of the characters of a Chinese name, where one is mistyped


def nearby(name: str, known: Known) -> tuple[Company, ...]:
    """The companies that folded ``name`` may be a slip of, the likeliest first; often none.

    A number is a slip where a digit is missing or too much, or two changed places; capitals where
    one letter is; a Chinese name where it is the beginning of one, sounds like it, or is one
    character off. What merely looks similar is left out: it would be a guess, not an answer.
    """
    found = {company.symbol: company for company in _likely(name, known)}
    companies = list(found.values())
    code = name.partition(".")[0]
    if code.isdigit():
        here = [c for c in companies if c.symbol.endswith(_TAIWAN)]
        away = [c for c in companies if c.code == code and c not in here]
        companies = [*here, *away] or companies
    return tuple(companies[:MOST])


def _likely(name: str, known: Known) -> Iterator[Company]:
    close = [c for near in known.directory.nearest(name) for c in known.companies(near)[:1]]
    code = name.partition(".")[0]
    if code.isdigit():
        yield from (c for c in close if slip(code, c.code))
        yield from known.companies(f"{code}.hk") if len(code) <= 4 else ()
    elif any(map(is_cjk, name)):
        shorter = (known.companies(name[:end]) for end in range(len(name) - 1, 1, -1))
        yield from next(filter(None, shorter), ())
        yield from (c for other in alike(name, known) for c in known.companies(other))
        yield from (c for c in close if _one_character_off(name, folded(c.name)))
    else:
        far = {c: _away(name, c) for c in close}
        most = 1 if len(name) < _LONG else 2
        yield from (c for c in sorted(close, key=far.__getitem__) if far[c][0] <= most)


def _away(typed: str, company: Company) -> tuple[int, int]:
    """Steps to the nearest of a company's names; letters that changed places come first."""
    names = (company.code, company.english, company.name)
    return min((steps(typed, folded(name)), abs(len(typed) - len(name))) for name in names if name)


def _one_character_off(typed: str, name: str) -> bool:
    if name.startswith(typed):
        return True
    same = sum(one == other for one, other in zip(typed, name, strict=False))
    return same / max(len(typed), len(name)) >= _SHARED


def slip(typed: str, code: str) -> bool:
    """Whether two numbers differ by a digit too many or too few, or by two that changed places."""
    return (
        typed == code
        or (len(typed) == len(code) and _swapped(typed, code))
        or _missing(*sorted((typed, code), key=len))
    )


def _swapped(one: str, other: str) -> bool:
    swaps = (one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1))
    return other in swaps


def _missing(shorter: str, longer: str) -> bool:
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def steps(one: str, other: str) -> int:
    """How many slips of a letter make ``other`` of ``one``: missing, too much, wrong, two swapped.

    Optimal string alignment (Damerau 1964, Levenshtein 1966).
    """
    rows = [list(range(len(other) + 1))]
    for at, char in enumerate(one, 1):
        row = [at]
        for there, letter in enumerate(other, 1):
            best = min(rows[-1][there] + 1, row[-1] + 1, rows[-1][there - 1] + (char != letter))
            swapped = at > 1 and there > 1 and (char, one[at - 2]) == (other[there - 2], letter)
            row.append(min(best, rows[-2][there - 2] + 1) if swapped else best)
        rows.append(row)
    return rows[-1][-1]
