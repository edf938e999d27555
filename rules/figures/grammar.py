"""The expressions for numbers and for what may stand on either side of one, made from the data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.figures import numerals
from rules.figures.vocabulary import alternatives, any_of, load
from rules.text import folded

_ZH = "零〇一二两三四五六七八九十廿卅百千万亿兆仟佰"
_MAGNITUDES = "百千万亿兆仟佰"
# A line that was broken by a program may end inside a number: 46.⏎2%.
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\n?\d+|\n\.\d+)?"
# What follows 万 without a magnitude of its own: 1万4,000个, 1万2300人, but not 1万2026年.
_UNITS_OF_WAN = r"(?=[人元名])|(?<=万\d,\d{3})(?![\d,年])|(?<=万\d{4})(?![\d,年])"
_NUMERAL = (
    rf"(?:{_ARABIC}(?:\s?[{_MAGNITUDES}]+(?:{_ARABIC}(?:[百千万亿仟佰]+|{_UNITS_OF_WAN}))*)?"
    rf"|[{_ZH}]+(?:点[{_ZH}]+)?)(?:[多余几][{_MAGNITUDES}]+)?"
)
# 5元每股, but not the next figure's 每股 (虧損5億元 每股虧0.68元).
_PER_SHARE = (
    r"(?:\s?(?:/|an? |per )\s?(?:股|share(?![a-z]))|每股(?![\s为约达]*[\d亏盈纯税净获配发赚收派]))"
)
_TENTHS_NOT = "长为立交本功员份果熟效品就都分衣龙名"
_PEOPLE_NOT = "民份气才选物类士口生均造脸们次币群潮头为工"
_COUNT_NOT = "价东市票利息权本民神王灯湾北股积电力息份主之味"
_YUAN_NOT = "[件素宇旦老首气器]|年(?![增减成衰])|月(?![增减])|大[投证金台高人期银沪标美全航未电创]"
# A number of times: 3x growth, 20x earnings, 2.5x; but 12X is a price between 120 and 129.
_TIMES_X = r"(?:(?<=\d\.\d)|(?<=\d\.\d\d)|(?<=[a-z] \d))x(?![a-z0-9])|x(?=\s?(?:[a-z]{2}|本益))"


class Endings:
    """Words to look for before a place of a text, with the key each is listed under."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        """Sort the folded words by their last character, the longest first."""
        self._keys = keys
        self._words: dict[str, list[str]] = {}
        for word in sorted(keys, key=lambda w: -len(w)):
            self._words.setdefault(word[-1], []).append(word)

    def __getitem__(self, word: str) -> str:
        """The key that ``word`` is listed under, or an empty string."""
        return self._keys.get(word, "")

    def find(self, text: str, end: int) -> str:
        """The longest word that ``text[:end]`` ends with (blanks aside), or an empty string."""
        while end > 0 and text[end - 1] == " ":
            end -= 1
        for word in self._words.get(text[end - 1 : end], ()):
            if text.endswith(word, 0, end) and not _splits_a_latin_word(text, end - len(word)):
                return word
        return ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """``number`` finds numerals, ``unit`` is tried at their end, ``special`` finds fractions and

    doublings. The tables map folded words to currency codes and bounds.
    """

    starts: re.Pattern[str]
    number: re.Pattern[str]
    unit: re.Pattern[str]
    special: re.Pattern[str]
    link: re.Pattern[str]
    currency_before: Endings
    currency_after: dict[str, str]
    bound_before: Endings
    bound_after: dict[str, str]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The expressions; made once."""
    units = load("units.toml")
    return Grammar(
        starts=_starts(units),
        number=_number(),
        unit=_unit(units),
        special=_special(),
        link=re.compile(r"\s?(?:-|–|—|~|∼|至|到|to(?![a-z])|and(?![a-z]))\s?(?:约|近|逾)?\s?"),
        currency_before=Endings(alternatives(units["currency_before"])),
        currency_after=alternatives(units["currency_after"]),
        bound_before=Endings(alternatives(units["bound_before"])),
        bound_after=alternatives(units["bound_after"]),
    )


def _starts(units: dict[str, dict[str, list[str]]]) -> re.Pattern[str]:
    """Where a numeral may begin. Of a single Chinese digit only what can make an amount of it:

    it counts no people and no goods (三人, 一家), and most of them are dates and words.
    """
    after = {word[0] for word in alternatives(units["currency_after"])} | {"元", "块", "成", "倍"}
    follows = "".join(sorted(re.escape(c) for c in {*_ZH, *"点多余几-–—~∼至到约近逾", *after}))
    small = "零〇一二两三四五六七八九"
    return re.compile(rf"[0-9{_ZH}](?:(?<=[^{small}])|(?=[{follows}]))")


def _number() -> re.Pattern[str]:
    english = "|".join(sorted(numerals.ENGLISH, key=len, reverse=True))
    return re.compile(
        rf"(?P<numeral>{_NUMERAL})(?P<many>[多余几](?!家媒体))?"
        rf"(?:[\s-]?(?P<english>{english})(?![a-z]))?"
    )


def _unit(units: dict[str, dict[str, list[str]]]) -> re.Pattern[str]:
    nouns = any_of(units["people"]["chinese"])
    staff = any_of(units["people"]["english"])
    after = any_of(alternatives(units["currency_after"]))
    return re.compile(
        r"\s?(?:(?P<percent>%|个?百分点|percentage points?|percent|per cent|pct)"
        rf"|(?P<tenths>成(?![{_TENTHS_NOT}]|人(?![力员]))(?:半|[一二三四五六七八九1-9](?![\d万亿年月倍]))?)"
        rf"|(?P<times>倍(?![数率速券])|{_TIMES_X}|times(?![a-z])|-?fold(?![a-z]))"
        rf"|(?P<people>(?:名|位|个)[\u4e00-\u9fff]{{0,5}}?(?:{nouns})|(?:{nouns})(?!率)"
        rf"|名|个?人(?![{_PEOPLE_NOT}])"
        rf"|(?:[a-z'-]+ ){{0,3}}?(?:{staff}))"
        rf"|(?P<currency>{after}|元(?!{_YUAN_NOT})|块(?![链状]))(?P<share>{_PER_SHARE})?"
        rf"|(?P<each>{_PER_SHARE})"
        rf"|(?P<cents>(?:us )?cents?(?![a-z]))(?P<centshare>{_PER_SHARE})?"
        rf"|(?P<count>(?:{any_of(units['count']['chinese'])})(?![{_COUNT_NOT}])|部(?![位门署分队长])"
        rf"|(?:[a-z'-]+ )?(?:{any_of(units['count']['english'])})))"
        rf"(?:\s?(?P<after>{any_of(alternatives(units['bound_after']))}))?"
    )


def _special() -> re.Pattern[str]:
    return re.compile(
        rf"(?=[\d{_ZH}半翻dt])(?:百分之(?P<percent>{_NUMERAL})"
        rf"|(?P<below>(?:\d+|[{_ZH}]+)(?=分之))分之(?P<above>{_ARABIC}|[{_ZH}]+)"
        r"|(?P<half>(?:半数|一半)(?=的?(?:员工|人力|职员|雇员|岗位|职位)))"
        r"|(?P<twice>翻了?(?:一倍|一番|倍|番)|(?<![a-z])doubl(?:ed|es|ing)(?![a-z]))"
        r"|(?P<thrice>(?<![a-z])tripl(?:ed|es|ing)(?![a-z])))"
    )


def _splits_a_latin_word(text: str, start: int) -> bool:
    return (
        start > 0
        and text[start].isalpha()
        and text[start].isascii()
        and (text[start - 1].isascii() and text[start - 1].isalpha())
    )


FUZZY = frozenset(folded(w) for w in ("上", "數", "幾", "成", "好幾", "達數", "多達數"))
