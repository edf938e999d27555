"""However an amount is written, it is read back as the very number: no drift, no lost digit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.figures import numerals
from rules.text import folded
from tests.rules.reading_cases import read

_DIGITS = "零一二三四五六七八九"
_SCALES = {"": 0, "萬": 4, "億": 8, "兆": 12}
_WHOLE = st.integers(min_value=10_000, max_value=9_999 * 10**12 + 10**12 - 1)
_FULL_WIDTH = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")


def _spoken(number: int) -> str:
    """A number as it is said: 兩億零三十萬五百."""
    out, gap = "", False
    for scale, power in (("兆", 12), ("億", 8), ("萬", 4), ("", 0)):
        part = number // 10**power % 10_000
        if part:
            filled = out and (gap or part < 1_000)
            out += ("零" if filled else "") + _thousands(part) + scale
            gap = False
        else:
            gap = bool(out)
    return out


def _thousands(number: int) -> str:
    out, gap = "", False
    for unit, power in (("千", 3), ("百", 2), ("十", 1), ("", 0)):
        digit = number // 10**power % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + unit
        gap = not digit
    return out


def _mixed(number: int) -> str:
    """As headlines write it: 1兆2,000億3,450萬6,789."""
    parts = [(number // 10**power % 10_000, scale) for scale, power in reversed(_SCALES.items())]
    return "".join(f"{part:,}{scale}" for part, scale in parts if part)


@given(_WHOLE)
@settings(max_examples=200)
def test_a_spoken_number_is_the_number(number: int) -> None:
    assert numerals.parse(folded(_spoken(number))) == number


@given(_WHOLE)
@settings(max_examples=120)
def test_every_way_to_write_an_amount_of_money_gives_the_same_amount(number: int) -> None:
    for written in (f"{number}", f"{number:,}", _mixed(number), _spoken(number)):
        for form in (written, written.translate(_FULL_WIDTH)):
            _, found = read(f"投資金額{form}元。")

            assert [(f.value, f.unit, f.currency) for f in found] == [(number, "money", "TWD")], (
                form
            )


@given(
    st.decimals(min_value="0.01", max_value="9999.99", places=2),
    st.sampled_from(["萬", "億", "兆"]),
    st.sampled_from(["元", "美元", "日圓", "韓元", "歐元", "英鎊", "港元"]),
)
@settings(max_examples=150)
def test_a_decimal_with_a_scale_is_exact_in_every_currency(
    number: Decimal, scale: str, currency: str
) -> None:
    _, found = read(f"斥資{number}{scale}{currency}。")

    assert [f.value for f in found] == [number.scaleb(_SCALES[scale])]


@given(
    st.decimals(min_value="0.01", max_value="999.99", places=2),
    st.sampled_from(
        [("thousand", 3), ("million", 6), ("mn", 6), ("billion", 9), ("bn", 9), ("trillion", 12)]
    ),
)
@settings(max_examples=120)
def test_an_english_amount_is_exact(number: Decimal, scale: tuple[str, int]) -> None:
    word, power = scale
    for written in (f"${number} {word}", f"US${number}{word}", f"{number} {word} dollars"):
        _, found = read(f"The deal is worth {written}.")

        assert [(f.value, f.currency) for f in found] == [(number.scaleb(power), "USD")], written


@given(st.decimals(min_value="0.01", max_value="999.99", places=2), st.booleans())
@settings(max_examples=80)
def test_a_percentage_is_exact_and_has_its_sign(number: Decimal, falls: bool) -> None:
    _, found = read(f"股價{'重挫' if falls else '大漲'}{number}%")

    assert [f.value for f in found] == [-number if falls else number]


@given(
    st.integers(min_value=1, max_value=4_000),
    st.integers(min_value=1, max_value=4_000),
    st.sampled_from(["至", "到", "-", "~", "～", "–"]),
    st.booleans(),
)
@settings(max_examples=150)
def test_both_ends_of_a_range_are_exact_whichever_of_them_says_the_unit(
    low: int, step: int, link: str, both: bool
) -> None:
    first = f"{low}億美元" if both else f"{low}"
    _, found = read(f"資本支出介於{first}{link}{low + step}億美元。")

    assert [(f.value, f.high) for f in found] == [(low * 10**8, (low + step) * 10**8)]


@given(st.integers(1, 9), st.integers(0, 9))
def test_tenths_are_percent(tens: int, ones: int) -> None:
    spoken = f"{_DIGITS[tens]}成" + (_DIGITS[ones] if ones else "")
    _, found = read(f"占營收{spoken}。")

    assert [(f.value, f.unit) for f in found] == [(tens * 10 + ones, "percent")]


@given(
    st.integers(1, 10**6), st.text("()「」,。 \n", max_size=4), st.text("()「」,。 \n", max_size=4)
)
@settings(max_examples=80)
def test_marks_around_an_amount_change_nothing(number: int, left: str, right: str) -> None:
    _, found = read(f"營收{left}{number}萬元{right}")

    assert [f.value for f in found] == [number * 10_000]
    assert found[0].span.text == f"{number}萬元"
