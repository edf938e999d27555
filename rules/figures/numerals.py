"""Arabic, Chinese and mixed numerals to exact decimals: ``1.4万``, ``十二亿五千万``, ``2千亿``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

DIGITS = {c: Decimal(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": Decimal(0),
    "两": Decimal(2),
}
_SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_WRITTEN_OUT = str.maketrans({"廿": "二十", "卅": "三十", "仟": "千", "佰": "百", "\n": ""})
_LARGE = {"万": Decimal(10**4), "亿": Decimal(10**8), "兆": Decimal(10**12)}
_TOKEN = re.compile(r"[\d,]+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿兆点]")

ENGLISH = {
    "thousand": Decimal(10**3),
    "k": Decimal(10**3),
    "million": Decimal(10**6),
    "mln": Decimal(10**6),
    "mn": Decimal(10**6),
    "m": Decimal(10**6),
    "billion": Decimal(10**9),
    "bln": Decimal(10**9),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "trillion": Decimal(10**12),
    "tn": Decimal(10**12),
    "t": Decimal(10**12),
}


@lru_cache(maxsize=2048)
def parse(numeral: str) -> Decimal | None:
    """The value of a folded numeral, or None if it is none (``二零二六`` is a year, not a number).

    兆 is 10^12. A magnitude without a digit counts as one of it (``百亿`` is 10^10), and a digit
    left over after a magnitude is a tenth of it (``两千五`` is 2500).
    """
    if numeral.isascii() and numeral:  # most are plain: 1,234.5
        return Decimal(numeral.replace(",", "").replace("\n", ""))
    whole, _, fraction = numeral.translate(_WRITTEN_OUT).partition("点")
    value = _whole(whole)
    if value is None or not fraction:
        return value
    return _with_fraction(value, fraction)


def _with_fraction(value: Decimal, fraction: str) -> Decimal | None:
    digits = fraction.rstrip("十百千万亿兆")
    if not digits or any(c not in DIGITS for c in digits):
        return None
    value += Decimal("0." + "".join(str(DIGITS[c]) for c in digits))
    for unit in fraction[len(digits) :]:
        value *= _SMALL.get(unit) or _LARGE[unit]
    return value


def _whole(numeral: str) -> Decimal | None:
    tokens = _TOKEN.findall(numeral)
    parts: list[Decimal] = []
    section = Decimal(0)
    current: Decimal | None = None
    last_unit = Decimal(1)
    for token in tokens:
        if token in _LARGE:
            if current is None and not section and parts:
                parts[-1] *= _LARGE[token]
            else:
                parts.append((section + (current or Decimal(0)) or Decimal(1)) * _LARGE[token])
            section, current, last_unit = Decimal(0), None, _LARGE[token]
        elif token in _SMALL:
            section += (Decimal(1) if current is None else current) * _SMALL[token]
            current, last_unit = None, _SMALL[token]
        elif current is not None and current != 0:
            return None
        else:
            zero = current is not None
            current = DIGITS[token] if token in DIGITS else Decimal(token.replace(",", ""))
            last_unit = Decimal(1) if zero or token not in DIGITS else last_unit
    if current is not None and last_unit > 10:
        current *= last_unit / 10
    return sum(parts, section + (current or Decimal(0)))
