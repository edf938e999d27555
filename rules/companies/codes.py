"""Stock codes and tickers in a text: 2330, 2330.TW, 00878, $CAT, (NASDAQ: ON), AMZN.

A code is *marked* where its surroundings say that it is one (an exchange, brackets, ``$``), *bare*
where only the digits or letters stand there. What looks like an amount, a year, a time or part of
a longer number is no code at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rules.companies.context import Context, counted
from rules.companies.markets import in_hong_kong, in_market
from rules.document import Document

_DIGITS = re.compile(
    r"(?<![\da-z.%=?&-])(?:(?<!\d[,:])|(?<=\d{4},))(?<![/+~～](?!00))(?P<open>[$(\[【#]\s?)?(?P<code>\d{4,6}[a-z]?)(?![\da-z])"
    r"(?P<exchange>\s?[.-]\s?(?:two|tw|hk|t|jp|ks|kq|kr|ss|sh|sz|cn)(?![a-z]))?"
)
_DIGIT_RUN = re.compile(r"[0-9]{3,}")
_LETTER_RUN = re.compile(r"[a-z]+")
_OPENERS = "$([【#"
_MORE = re.compile(r"[.:]\d|,\d{3}(?!\d)|[/~～-]\s?\d|\s?%|\s?\*\s?\d")
_FUNDS = re.compile(r"00\d{2,4}[a-z]?\s?[/+~-]\s?00\d{2,4}(?!\d)")  # 00713/00915, 0056+00878
_LIST = re.compile(r"\s?(?:[,、/ ]|vs\.?|跟|和|与)\s?(\d{4})(?![\d.%])")
# Codes of a list with strokes, 2330/2317/2454: up to two on either side of one.
_CHAIN_BEFORE, _CHAIN_REACH = re.compile(r"(?<!\d)(?:\d{4}/){1,2}\Z"), 11
_CHAIN_AFTER = re.compile(r"(?:/\d{4}(?!\d)){1,2}")
_PRICE = re.compile(r"\s\d{1,4}(?:\.\d{1,2})?(?:元|块|[、,。\s]|$)")  # 2603 180, 2609 75
_NUMBER_BEFORE = re.compile(r"(?<!\d)\d{1,3}[\s-]{1,2}$")
_LIST_BEFORE = re.compile(r"(?<!\d)(\d{4})\s?(?:[,、/ ]|vs\.?|跟|和|与)\s?$")
_FUND = re.compile(r"(?<![\da-z.,:%/+~*=?&$-])\d{3}(?![\da-z]|[.,:]\d|\s?[%*+~-])")
_FUND_JOINT = r"\s?(?:跟|和|与|及|或|还是|、|,|/|换|vs\.?|比)\s?"
_FUND_NEXT = re.compile(_FUND_JOINT + r"(?:00)?(\d{3})(?!\d)")
_FUND_LAST = re.compile(r"(?<!\d)(?:00)?(\d{3})" + _FUND_JOINT + "$")
_SAVED = re.compile(  # 存56十年了, not 庫存50箱
    r"(?<![库保储生留寄暂现并共幸提结封尚仅内依积])存(?:股)?\s?(5[06])"
    r"(?![\d.,%/~-]|\s?[万千百多几亿张股元块个人年月天岁档箱件])"
)
_MONEY = re.compile(
    r"(?:[$€¥£]|nt|us|hk|rmb|usd|twd|约|逾|近|达|破|上看|下看|共|第|至|到|价|价格|售|房间|房)\s?$"
)
_MODEL = re.compile(r"(?<![a-z])(?!(?:vs|and|or|buy|sell|long|short|code|stock)\b)[a-z]+\s$")
_TICKER = re.compile(
    r"(?<![a-z0-9_.&@+#-])(?P<mark>\$)?(?P<ticker>[a-z]{1,5})(?P<class>[./][ab](?![a-z]))?"
    r"(?P<exchange>[.-]u[sn](?![a-z]))?(?![a-z0-9_@&])"
)
_LONGEST_TICKER, _SHORTEST, _SHORT = 5, 4, 3  # letters of a ticker, digits of a code, of a fund
_LONGEST_SHARE = 4  # digits; the code of a fund has more
_CLOCK = ("时", "秒", "号")  # 0050時
_MODEL_REACH = 12  # characters before digits in which the name of a model, RTX 2060, may stand
_EXCHANGE_BEFORE = re.compile(
    r"(?:nasdaq|nyse(?: american| arca)?|amex|us|美股|那斯达克|纽约证交所|纽交所)\s?[:-]\s?$"
)
_BRACKET_BEFORE = re.compile(r"[^\s(]\s?[(\[【]\s?$")
_BRACKET_AFTER = re.compile(r"\s?[)\]】]")
_SUFFIX = {
    "tw": "tw", "two": "two", "hk": "hk", "t": "t", "jp": "t", "ks": "ks", "kq": "kq", "kr": "ks",
    "ss": "ss", "sh": "ss", "sz": "sz", "cn": "ss",
}  # fmt: skip


class Code(NamedTuple):
    """A code found at ``[start, end)``; ``marked`` says that its surroundings vouch for it."""

    start: int
    end: int
    symbol: str
    marked: bool
    score: float
    other: str = ""  # what the code means beside another market's name


def _at(pattern: re.Pattern[str], openers: str, text: str, start: int) -> re.Match[str] | None:
    """The match of ``pattern`` for a run that begins at ``start``, with the opener before it.

    The same as searching for ``pattern`` everywhere, several times as fast.
    """
    before = text[max(0, start - 2) : start]
    found = None
    if before[-1:] and before[-1] in openers:
        found = pattern.match(text, start - 1)
    elif before[-1:].isspace() and before[0] in openers:
        found = pattern.match(text, start - 2)
    return found or pattern.match(text, start)


def runs_of_digits(text: str) -> list[tuple[int, int]]:
    """Where three or more digits stand together."""
    return [run.span() for run in _DIGIT_RUN.finditer(text)]


def numeric(
    document: Document,
    runs: Iterable[tuple[int, int]],
    codes: Mapping[str, str],
    symbols: Mapping[str, str],
    context: Context,
) -> Iterable[Code]:
    """The codes of digits, as in ``2330``, at ``runs``, in order of position.

    ``codes`` maps bare Taiwanese codes to symbols, ``symbols`` folded full symbols to symbols.
    """
    text = document.text
    for start, end in runs:
        if listed := in_market(document, start, end, symbols):
            yield Code(*listed, True, 0.0)
            continue
        if end - start == _LONGEST_SHARE and _chained(text, start, end, codes):
            yield Code(start, end, codes[text[start:end]], False, 1.0)
            continue
        if end - start < _SHORTEST or not (found := _at(_DIGITS, _OPENERS, text, start)):
            continue
        code, start, end = found["code"], found.start("code"), found.end("code")
        if found["exchange"]:
            suffix = _SUFFIX[found["exchange"].strip(" .-")]
            full = f"{code}.{suffix}"
            symbol = symbols.get(full) or (codes.get(code) if suffix in {"tw", "two"} else None)
            if symbol:
                yield Code(start, found.end(), symbol, True, 0.0)
            continue
        symbol = codes.get(code)
        if symbol is None or (_MORE.match(text, end) and not _FUNDS.match(text, start)):
            continue
        judged = _judge(text, found, symbol, context, codes, document.lang == "en")
        if judged and len(code) > _LONGEST_SHARE and (other := in_hong_kong(code, symbols)):
            abroad = text.endswith("港股", 0, start)
            judged = judged._replace(symbol=other) if abroad else judged._replace(other=other)
        if judged:
            yield judged


def _chained(text: str, start: int, end: int, codes: Mapping[str, str]) -> bool:
    """Whether the digits are one of three codes or more with strokes between them."""
    if "/" not in (text[start - 1 : start], text[end : end + 1]):
        return False
    left = _CHAIN_BEFORE.search(text, max(0, start - _CHAIN_REACH), start)
    right = _CHAIN_AFTER.match(text, end)
    beside = [*(left[0] if left else "").split("/"), *(right[0] if right else "").split("/")]
    others = [code for code in beside if code]
    known = all(code in codes and not _year(code) for code in (text[start:end], *others))
    return known and len(others) > 1


def _judge(
    text: str,
    found: re.Match[str],
    symbol: str,
    context: Context,
    codes: Mapping[str, str],
    english: bool,
) -> Code | None:
    """How far the bare or bracketed code that was ``found`` is to be trusted."""
    start, end = found.start("code"), found.end("code")
    opened = (found["open"] or "").strip()
    year = _year(found["code"])
    if english and opened and opened in "$#":  # an amount, the number of a ticket
        return Code(start, end, symbol, False, -0.5 if opened == "#" else -3.0)
    if opened in {"(", "[", "【"} and _BRACKET_AFTER.match(text, end):
        # A year in brackets, as in 東京奧運(2020), is one unless its company stands before.
        return Code(start, end, symbol, not year and not english, -5.0 * year - english)
    fund = found["code"].startswith("00")  # no amount is written with two zeros in front
    before = text[max(0, start - 4) : start]
    other_number = bool(context.not_code.search(before)) or (
        _time(found["code"]) and bool(context.time_of_code.search(before))
    )
    if opened in {"$", "#"} or (fund and not (other_number or text[end : end + 1] in _CLOCK)):
        # A year behind # is a tag, as in #2026夏令營.
        marked = len(found["code"]) > _LONGEST_SHARE or (bool(opened) and not year)
        return Code(start, end, symbol, marked, -5.0 * year)
    if other_number or context.units.match(text, end) or _MONEY.search(before):
        return None
    score = -2.0 - 5.0 * year - 1.5 * _day(found["code"])
    listed = _in_list(text, start, end, codes)
    if not _NUMBER_BEFORE.search(text[max(0, start - 3) : start]):  # 02 2603 1800 is a telephone
        score += 2.5 * listed
        score += 1.5 * bool(_PRICE.match(text, end))
    score += 2.0 * counted(text, start)
    if context.code_after.match(text, end):
        score += 3.0
    elif not listed and _MODEL.search(text, max(0, start - _MODEL_REACH), start):
        score -= 2.0
    elif context.code_after_soft.match(text, end):
        score += 1.5
    score += 2.0 * bool(context.code_before.search(before))
    return Code(start, end, symbol, False, score)


def funds(
    document: Document,
    runs: Iterable[tuple[int, int]],
    codes: Mapping[str, str],
    context: Context,
) -> Iterable[Code]:
    """Funds by the last three digits of their code, as forums write them: 878 for 00878.

    Hardly any in a text that does not speak of funds: there 878 is a price.
    """
    text = document.text
    for saved in _SAVED.finditer(text) if "存" in text else ():
        yield Code(*saved.span(1), codes["00" + saved[1]], False, 1.0)
    short = [
        start for start, end in runs if end - start == _SHORT and "00" + text[start:end] in codes
    ]
    found = [match for match in (_FUND.match(text, start) for start in short) if match]
    if not found:
        return
    speaks_of_funds = context.fund_context.search(text) is not None
    for match in found:
        start, end = match.span()
        before = text[max(0, start - 8) : start]
        if context.units.match(text, end) or _MONEY.search(before):
            continue
        beside = (_FUND_NEXT.match(text, end), _FUND_LAST.search(before))
        others = [other[1] for other in beside if other and "00" + other[1] in codes]
        if not (others or speaks_of_funds):
            continue
        popular = match[0] in context.popular_funds
        score = (-3.0 if speaks_of_funds else -5.0) + 3.0 * bool(others) + 1.0 * popular
        score += 2.0 * (popular and not context.popular_funds.isdisjoint(others))  # 878跟919
        score += 2.0 * bool(context.fund_before.search(before))
        score += 3.0 * bool(context.fund_after.match(text, end))
        yield Code(start, end, codes["00" + match[0]], False, score)


def _in_list(text: str, start: int, end: int, codes: Mapping[str, str]) -> bool:
    """Whether another code stands beside the one at ``[start, end)``, with a comma or blank."""
    after = _LIST.match(text, end)
    before = _LIST_BEFORE.search(text[max(0, start - 9) : start])
    return bool((after and after[1] in codes) or (before and before[1] in codes))


def _time(code: str) -> bool:
    """Whether the code is written like a time of day: 2330."""
    return len(code) == 4 and code[:2] < "24" and code[2:] < "60"


def _year(code: str) -> bool:
    return len(code) == 4 and ("1900" <= code <= "2039")


def _day(code: str) -> bool:
    """Whether the code is written like the 19th of December: 1219."""
    return len(code) == 4 and "01" <= code[:2] <= "12" and "01" <= code[2:] <= "31"


def latin(
    document: Document, tickers: Mapping[str, tuple[str, bool]], context: Context
) -> Iterable[Code]:
    """The tickers of letters, as in ``AMZN``, in order of position.

    ``tickers`` maps upper-case tickers to their symbol and whether they are safe without a mark;
    a ticker of which a share class is one, ``BRK``, must be there too, without a symbol.
    """
    text = document.text
    for run in _LETTER_RUN.finditer(text):
        start, end = run.span()
        if end - start > _LONGEST_TICKER or run[0].upper() not in tickers:
            continue
        found = _at(_TICKER, "$", text, start)
        if found:
            yield from _ticker(document, found, tickers, context)


def _ticker(
    document: Document,
    found: re.Match[str],
    tickers: Mapping[str, tuple[str, bool]],
    context: Context,
) -> Iterable[Code]:
    text, start, end = document.text, found.start("ticker"), found.end("ticker")
    if found["class"] and document.original(end, end + 2).isupper():
        end += 2
    written = document.original(start, end)
    symbol, safe = tickers.get(text[start:end].upper().replace("/", "."), ("", False))
    if not symbol:
        return
    if not written.isupper():
        if safe and end - start > 2 and written.islower():
            asked = context.code_after.match(text, end) is not None  # tlt跌破100
            yield Code(start, end, symbol, False, -1.0 + 1.5 * asked)
        return
    exchange = found["exchange"] and document.original(*found.span("exchange")).isupper()
    if found["mark"] or exchange or _exchange_before(text, start):
        yield Code(start, found.end() if exchange else end, symbol, True, 0.0)
    elif safe and _bracketed(text, start, end):
        yield Code(start, end, symbol, True, 0.0)
    else:
        yield Code(start, end, symbol, False, 0.0 if safe else -3.5)


def _exchange_before(text: str, start: int) -> bool:
    return bool(_EXCHANGE_BEFORE.search(text[max(0, start - 16) : start]))


def _bracketed(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 16) : start]
    return bool(_BRACKET_BEFORE.search(before) and _BRACKET_AFTER.match(text, end))
