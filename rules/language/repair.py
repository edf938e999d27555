"""Corrected examples: for each error some candidates, of which the first that parses is shown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping

from rules.language.errors import RuleError
from rules.language.vocabulary import vocabulary
from rules.text import is_cjk

Fix = Callable[[RuleError, str], Iterator[str]]
EXAMPLES = ("台積電 裁員", "TSMC layoff", "#layoff")  # where nothing of what was typed can be kept
_WORDS = re.compile(r"[\w\u4e00-\u9fff]{2,}")


def candidates(error: RuleError, typed: str) -> Iterator[str]:
    """Texts that may be what the person meant, best first."""
    fix = FIXES.get(error.key)
    if fix:
        yield from (text.strip() for text in fix(error, typed))
    english = re.search(r"[A-Za-z]{2}", typed) and not any(map(is_cjk, typed))
    yield from EXAMPLES[1:] if english else EXAMPLES


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


def _nearest(error: RuleError, typed: str) -> Iterator[str]:
    hash_mark = "#" if error.key.startswith("unknown_event") else ""
    for name in error.values.get("nearest", ()):
        yield _replace(error, typed, f"{hash_mark}{name}")
    if hash_mark:
        yield _replace(error, typed, str(error.values["typed"]).lstrip("#＃"))
        before = re.sub(r"[^\s:：]+[:：]\s*$", "", typed[: error.position])
        yield before + typed[error.position :]
    yield from _quote(error, typed)


def _symbols(error: RuleError, typed: str) -> Iterator[str]:
    if re.fullmatch(r"(?:19|20)\d\d", str(error.values["typed"])):
        yield from _quote(error, typed)  # a year, most likely
    for symbol in error.values.get("symbols", ()):
        yield _replace(error, typed, symbol)
    yield from _quote(error, typed)


def _codes(error: RuleError, typed: str) -> Iterator[str]:
    codes = error.values.get("codes", ())
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
    if re.fullmatch(r"https?", name.lower()) and (host := re.match(r"/*(?:www\.)?([^/\s]+)", rest)):
        yield _replace(error, typed, f"來源:{host[1]}")
    if re.fullmatch(r"[A-Za-z_]+", name):
        if rest.lower() in {"us", "tw", "hk"}:
            yield _replace(error, typed, name)  # AAPL:US
        yield _replace(error, typed, rest)  # filetype:pdf, inurl:tsmc
    yield from _quote(error, typed)


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


def _example(error: RuleError, typed: str) -> Iterator[str]:
    if error.key == "no_unit":
        place = typed[error.position : error.position + error.length]
        if re.search(r"[a-z]\s*$", place, re.IGNORECASE):
            yield _replace(error, typed, f"{place.rstrip()} USD")  # 10bn
    example = str(error.values.get("example", "")) or "裁員>=10000人"
    start = typed[: error.position].rstrip()
    before = start[: len(start) - len(re.split(r"[\s()（）|,，、]", start)[-1])]
    yield f"{before}{example}{typed[error.position + error.length :]}"
    yield example


def _number(error: RuleError, typed: str) -> Iterator[str]:
    start = typed[: error.position].rstrip()
    word = re.split(r"[\s()（）|,，、#＃-]", start)[-1]
    after = typed[error.position + error.length :]
    if typed[: error.position].endswith((" ", "\u3000")) or not error.position:
        yield re.sub(r"[<>=＜＞＝≥≤≧≦]+", " ", typed)  # <輝達>, 輝達 => 財報: no comparison at all
    for number in ("1000億元", "10000人", "5%", "5元"):
        yield f"{start[: len(start) - len(word)]}{word}{error.values['op']}{number}{after}"


def _unit(error: RuleError, typed: str) -> Iterator[str]:
    for unit in ("", "人", "億元", "%"):
        yield _replace(error, typed, unit)


def _needs(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, str(error.values["example"]))


def _wordy(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, str(error.values["rule"]))


def _not_everything(error: RuleError, typed: str) -> Iterator[str]:
    yield from _kept(error, typed)
    named = "2330" in typed or "台積電" in typed
    yield f"{'裁員' if named else '台積電'} {typed}"


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


def _either(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, "或")
    yield _replace(error, typed, " 或 ")


def _join_dash(error: RuleError, typed: str) -> Iterator[str]:
    after = typed[error.position + error.length :].lstrip()
    yield f"{typed[: error.position]}-{after}"
    yield from _remove(error, typed)


def _no_dash(error: RuleError, typed: str) -> Iterator[str]:
    yield _replace(error, typed, "")


def _choose(*values: str) -> Fix:
    def fix(error: RuleError, typed: str) -> Iterator[str]:
        for value in values:
            yield _replace(error, typed, value)

    return fix


def _field_value(error: RuleError, typed: str) -> Iterator[str]:
    name = typed[error.position : error.position + error.length].rstrip(":：")
    meaning = vocabulary().fields.get(name.lower(), "")
    example = {"lang": "zh", "promo": "no", "about": "台積電", "company": "台積電"}.get(
        meaning, "財報"
    )
    yield _replace(error, typed, f"{name}:{example}")
    yield from _remove(error, typed)
    yield f"台積電 {name}:{example}"


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
    "regex_flags": _no_flags,
    "regex_misplaced": _misplaced,
    "unknown_field": _field,
    "empty_field": _field_value,
    "empty_event": _remove,
    "unknown_event": _nearest,
    "unknown_event_at_all": _nearest,
    "unknown_code": _symbols,
    "unknown_code_at_all": _quote,
    "unknown_company": _symbols,
    "unknown_company_at_all": _remove,
    "ambiguous_company": _symbols,
    "bad_lang": _choose("zh", "en"),
    "bad_promo": _choose("no", "yes"),
    "bad_comparison": _choose(">="),
    "no_number": _number,
    "bad_unit": _unit,
    "no_unit": _example,
    "unit_misfit": _example,
    "lonely_comparison": _example,
    "compares_no_event": _compared,
    "compares_company": _compared_company,
    "code_range": _codes,
    "glued_dash": _dash,
    "needs_number": _needs,
    "command": _remove,
    "unsubscribes": _remove,
    "wordy_comparison": _wordy,
    "only_negative": _not_everything,
    "too_broad": _not_everything,
    "negative_branch": _or_not,
    "contradiction": _kept,
}
