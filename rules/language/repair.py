"""Corrected examples: for each error some candidates, of which the first that parses is shown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from rules.language import canonical
from rules.language.errors import RuleError, Way
from rules.language.note import Value
from rules.language.vocabulary import vocabulary
from rules.model import Company
from rules.text import is_cjk

Fix = Callable[[RuleError, str], Iterator["str | Way"]]
EXAMPLES = MappingProxyType({"zh-TW": "台積電 裁員", "en": "TSMC layoff"})
"""What a rule looks like, by the language of who reads it."""

_ANYWHERE = "#layoff"  # means the same whatever companies are known
SEVERAL = MappingProxyType(
    {
        "unclear_and": 2,
        "ambiguous_company": 4,
        "unknown_code": 4,
        "unknown_company": 4,
        "unknown_event": 3,
        "no_unit": 2,
    }
)
"""Errors of which nobody can tell which correction is meant, and how many are shown."""

_WORDS = re.compile(r"[\w\u4e00-\u9fff]{2,}")
_BLANKS = re.compile(r"(?<=[ \u3000(（])[ \u3000]+|[ \u3000]+(?=[)）])")


def ways(error: RuleError, typed: str) -> Iterator[Way]:
    """Rules that the person may have meant, best first; perhaps not all of them parse."""
    fix = FIXES.get(error.key)
    for found in fix(error, typed) if fix else ():
        way = Way(found) if isinstance(found, str) else found
        yield replace(way, rule=_BLANKS.sub("", way.rule).strip())


def examples(typed: str) -> Iterator[str]:
    """What a rule looks like, in the language of what was typed."""
    english = re.search(r"[A-Za-z]{2}", typed) and not any(map(is_cjk, typed))
    yield from (EXAMPLES["en"], _ANYWHERE) if english else (*EXAMPLES.values(), _ANYWHERE)


def _example_of(text: str) -> Way:
    return Way(text, example=True)


def _replace(error: RuleError, typed: str, text: str) -> str:
    return typed[: error.position] + text + typed[error.position + error.length :]


def _remove(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, " ")


def _close(error: RuleError, typed: str) -> Iterator[str]:
    yield typed + str(error.values["closer"])


def _close_bracket(_: RuleError, typed: str) -> Iterator[str]:
    missing = typed.count("(") + typed.count("（") - typed.count(")") - typed.count("）")
    yield typed + ")" * max(1, missing)


def _quote(error: RuleError, typed: str) -> Iterator[str]:
    place = typed[error.position : error.position + error.length].strip()
    yield _replace(error, typed, f'"{place}"')


def _nearest(error: RuleError, typed: str) -> Iterator[str | Way]:
    """Events that look like the one that there is none of, else the word as a keyword."""
    for name in _texts(error.values.get("nearest", ())):
        yield _replace(error, typed, f"#{name}")
    yield _replace(error, typed, str(error.values["typed"]).lstrip("#＃"))
    yield from _misplaced(error, typed)


def _texts(value: Value) -> Iterator[str]:
    yield from (text for text in value if isinstance(text, str)) if isinstance(value, tuple) else ()


def _companies(error: RuleError, typed: str) -> Iterator[str | Way]:
    """The companies that may be meant, and what was typed as a word."""
    if re.fullmatch(r"(?:19|20)\d\d", str(error.values["typed"])):
        yield from _quote(error, typed)  # a year, most likely
    found = error.values.get("candidates") or error.values.get("nearest") or ()
    for company in found if isinstance(found, tuple) else ():
        if isinstance(company, Company):
            yield Way(_replace(error, typed, canonical.symbol(company.symbol)), company)
    if not error.key.startswith("unknown_company"):
        yield from _quote(error, typed)
    else:
        yield from _misplaced(error, typed)  # about:傳聞
        yield from _remove(error, typed)


def _codes(error: RuleError, typed: str) -> Iterator[str]:
    codes = [*_texts(error.values.get("codes", ()))]
    if codes:
        choice = " | ".join(codes)
        yield _replace(error, typed, choice)
        yield _replace(error, typed, f"({choice})")


def _dash(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, f"{error.values['left']} -{error.values['right']}")
    yield from _quote(error, typed)


def _compared_company(error: RuleError, typed: str) -> Iterator[str]:
    name, place = str(error.values["name"]), str(error.values["typed"])
    sign = re.search(r"[<>=＜＞＝≥≤≧≦].*", place)
    figure = sign[0] if sign else ">=5%"
    yield _replace(error, typed, f"{name} 股價{figure}")
    yield _replace(error, typed, f"{name} 營收{figure}")


def _field(error: RuleError, typed: str) -> Iterator[str]:
    name, rest = str(error.values["name"]), str(error.values["rest"])
    for near in difflib.get_close_matches(name, list(vocabulary().fields), n=2, cutoff=0.6):
        yield _replace(error, typed, f"{near}:{rest}")
    if re.fullmatch(r"[\u4e00-\u9fff]+", name):
        yield _replace(error, typed, f"{name} {rest}")
    if re.fullmatch(r"[A-Za-z_]+", name):
        yield _replace(error, typed, rest)  # filetype:pdf, inurl:tsmc
    yield from _quote(error, typed)


def _link(error: RuleError, typed: str) -> Iterator[str]:
    if host := re.match(r"/*(?:www\.)?([^/\s]+)", str(error.values["rest"])):
        yield _replace(error, typed, f"來源:{host[1]}")


def _regex(error: RuleError, typed: str) -> Iterator[str]:
    body = str(error.values["body"])
    words = [f'"{word}"' for word in _WORDS.findall(re.sub(r"\\[a-zA-Z]|\{[^}]*\}", " ", body))][:5]
    if words:
        choice = " | ".join(words) if "|" in body else " ".join(words)
        yield _replace(error, typed, f"({choice})" if len(words) > 1 else choice)


def _no_flags(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, f"/{error.values['body']}/")


def _misplaced(error: RuleError, typed: str) -> Iterator[str]:
    before = re.sub(r"[^\s:：]+[:：]\s*$", "", typed[: error.position])
    yield before + typed[error.position :]


def _units(error: RuleError, typed: str) -> Iterator[str | Way]:
    """The number with each unit that it may be in: 股價>5 is 5元 or 5%."""
    figure = typed[error.position : error.position + error.length].rstrip()
    english = not any(map(is_cjk, typed))
    scaled = re.search(r"[a-z]$", figure, re.IGNORECASE)
    if error.values["kind"] == "price":
        units = (" TWD", "%") if english else ("元", "%")
    elif scaled or english:
        units = (" USD", " TWD") if scaled else ("bn USD", "bn TWD")
    else:
        units = ("億元", "億美元")
    for unit in units:
        yield _replace(error, typed, f"{figure}{unit}")
    yield from _example(error, typed)


def _example(error: RuleError, typed: str) -> Iterator[str | Way]:
    example = str(error.values.get("example", "")) or "裁員>=10000人"
    start = typed[: error.position].rstrip()
    before = start[: len(start) - len(re.split(r"[\s()（）|,，、]", start)[-1])]
    yield _example_of(f"{before}{example}{typed[error.position + error.length :]}")
    yield _example_of(example)


def _number(error: RuleError, typed: str) -> Iterator[str | Way]:
    start = typed[: error.position].rstrip()
    word = re.split(r"[\s()（）|,，、#＃-]", start)[-1]
    after = typed[error.position + error.length :]
    if typed[: error.position].endswith((" ", "\u3000")) or not error.position:
        yield re.sub(r"[<>=＜＞＝≥≤≧≦]+", " ", typed)  # <輝達>, 輝達 => 財報: no comparison at all
    for number in ("1000億元", "10000人", "5%", "5元"):
        figure = f"{word}{error.values['op']}{number}"
        yield _example_of(f"{start[: len(start) - len(word)]}{figure}{after}")


def _unit(error: RuleError, typed: str) -> Iterator[str]:
    for unit in ("", "人", "億元", "%"):
        yield _replace(error, typed, unit)


def _needs(error: RuleError, typed: str) -> Iterator[str | Way]:
    yield _example_of(_replace(error, typed, str(error.values["example"])))


def _wordy(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, str(error.values["rule"]))


def _not_everything(error: RuleError, typed: str) -> Iterator[str | Way]:
    yield from _kept(error, typed)
    named = "2330" in typed or "台積電" in typed
    yield _example_of(f"{'裁員' if named else '台積電'} {typed}")


def _or_not(error: RuleError, typed: str) -> Iterator[str]:
    yield re.sub(
        r"\s*(?:[|｜,，、]+|\s(?:OR|或|或是|或者)\s)\s*(?=[-!！－]|(?:NOT|非|不要|排除|不含)\s)",
        " ",
        typed,
        flags=re.IGNORECASE,
    )
    yield from _kept(error, typed)


def _kept(error: RuleError, _: str) -> Iterator[str]:
    yield str(error.values["kept"])


def _clash(error: RuleError, typed: str) -> Iterator[str]:
    if error.length < len(typed.strip()):
        rest = _replace(error, typed, " ")
        yield re.sub(r"(?<=[(（])\s*[|｜,，、]|[|｜,，、]\s*(?=[)）])", "", rest)
    yield from _kept(error, typed)


def _either(error: RuleError, typed: str) -> Iterator[str]:
    """Either of them, and both of them."""
    before, after = typed[: error.position], typed[error.position + error.length :]
    glued = before[-1:].strip() and after[:1].strip()  # 輝達和博通的財報, of both
    chinese = "或" if glued else " 或 "
    yield _replace(error, typed, chinese if any(map(is_cjk, typed)) else " OR ")
    yield _replace(error, typed, " ")


def _join_dash(error: RuleError, typed: str) -> Iterator[str]:
    after = typed[error.position + error.length :].lstrip()
    if after:
        yield f"{typed[: error.position]}-{after}"
    yield from _remove(error, typed)


def _no_dash(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, "")


def _choose(*values: str) -> Fix:
    def fix(error: RuleError, typed: str) -> Iterator[str]:
        for value in values:
            yield _replace(error, typed, value)

    return fix


def _field_value(error: RuleError, typed: str) -> Iterator[str | Way]:
    """The rest of the rule, or what such a field looks like."""
    yield from _remove(error, typed)
    name = typed[error.position : error.position + error.length].rstrip(":：")
    meaning = vocabulary().fields.get(name.lower(), "")
    company, event = ("鴻海", "裁員") if "台積電" in typed else ("台積電", "財報")
    values = {"lang": "zh", "promo": "no", "about": company, "company": company}
    example = values.get(meaning, event if event not in typed else company)
    yield _example_of(_replace(error, typed, f"{name}:{example}"))
    yield _example_of(f"{company} {name}:{example}")


def _compared(error: RuleError, typed: str) -> Iterator[str]:
    name, place = str(error.values["name"]), str(error.values["typed"])
    sign = re.search(r"[<>=＜＞＝≥≤≧≦].*[%％]", place)
    if sign and re.search(r"增|成長|yoy|qoq|mom|growth", name, re.IGNORECASE):
        yield _replace(error, typed, f"營收年增{sign[0]}")
    yield _replace(error, typed, name)  # 油價>100: what can be had is the word
    yield _replace(error, typed, f'"{name}"')


FIXES: Mapping[str, Fix] = {
    "unclosed_bracket": _close_bracket,
    "unopened_bracket": _remove,
    "empty_brackets": _remove,
    "unclosed_quote": _close,
    "empty_phrase": _remove,
    "no_operand": _remove,
    "double_not": _no_dash,
    "lone_dash": _join_dash,
    "no_word": _remove,
    "too_short": _quote,
    "unclear_and": _either,
    "regex_bracket": _regex,
    "regex_repeat": _regex,
    "regex_unsupported": _regex,
    "regex_large": _regex,
    "regex_empty": _regex,
    "regex_broad": _regex,
    "regex_wrong": _regex,
    "regex_missing": _regex,
    "regex_flags": _no_flags,
    "regex_misplaced": _misplaced,
    "unknown_field": _field,
    "empty_field": _field_value,
    "empty_event": _remove,
    "unknown_event": _nearest,
    "unknown_event_at_all": _nearest,
    "unknown_code": _companies,
    "unknown_code_at_all": _quote,
    "unknown_company": _companies,
    "unknown_company_at_all": _companies,
    "ambiguous_company": _companies,
    "bad_lang": _choose("zh", "en"),
    "bad_promo": _choose("no", "yes"),
    "bad_comparison": _choose(">="),
    "no_number": _number,
    "bad_unit": _unit,
    "no_unit": _units,
    "unit_misfit": _example,
    "lonely_comparison": _example,
    "compares_no_event": _compared,
    "compares_company": _compared_company,
    "code_range": _codes,
    "glued_dash": _dash,
    "needs_number": _needs,
    "link": _link,
    "wordy_comparison": _wordy,
    "only_negative": _not_everything,
    "too_broad": _not_everything,
    "negative_branch": _or_not,
    "contradiction": _clash,
}
