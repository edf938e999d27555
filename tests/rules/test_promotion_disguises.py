"""Adverts rewritten to slip past filters are still flagged. Every disguise has a name."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from tests.rules.promoting import fired, judge

WORDS = ("加賴", "飆股", "名單", "免費領取", "保證獲利")
ADVERT = "老師手上這檔股票訂單滿載，飆股名單請加賴 bull888 ，免費領取，保證獲利，名額有限。"

Disguise = Callable[[str], str]


def put_between(mark: str) -> Disguise:
    """``mark`` between the characters of every telling word."""

    def disguise(text: str) -> str:
        for word in WORDS:
            text = text.replace(word, mark.join(word))
        return text

    return disguise


def spell_line(spelling: str) -> Disguise:
    """The invitation to add a LINE account, spelt in this way."""
    return lambda text: text.replace("加賴", spelling)


def moved_by(offset: int) -> Disguise:
    """The Latin letters of the LINE invitation from another Unicode alphabet."""

    def disguise(text: str) -> str:
        letters = "".join(chr(ord(c) - ord("A") + offset) for c in "LINE")
        return text.replace("加賴", f"加{letters}")

    return disguise


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def broken_into_lines(text: str) -> str:
    return text.replace("，", "\n").replace("。", "\n")


def without_punctuation(text: str) -> str:
    return text.replace("，", "").replace("。", "")


def in_brackets(text: str) -> str:
    return text.replace("飆股名單", "【飆股】【名單】").replace("免費領取", "《免費領取》")


BETWEEN = {
    "dots": ".",
    "middle dots": "·",
    "katakana dots": "・",
    "bullets": "•",
    "asterisks": "*",
    "hyphens": "-",
    "dashes": "—",
    "underscores and blanks": " _ ",
    "slashes": "/",
    "bars": "|",
    "full-width bars": "｜",
    "tildes": "~",
    "full-width tildes": "～",
    "carets": "^",
    "equals": "=",
    "sparkles": "✨",
    "fires": "🔥",
    "red dots": "🔴",
    "stars": "★",
    "hearts": "❤️",
    "diamonds": "◆",
    "arrows": "→",
    "musical notes": "♪",
    "ticks": "✅",
    "two sparkles": "✨✨",
    "dot and blank": ". ",
    "backslashes": "\\",
    "ellipses": "…",
    "thin dots": "‧",
    "snowflakes": "❄",
    "pushpins": "📌",
    "zero-width spaces": "\u200b",
    "zero-width joiners": "\u200d",
    "zero-width non-joiners": "\u200c",
    "word joiners": "\u2060",
    "soft hyphens": "\u00ad",
    "byte order marks": "\ufeff",
    "left-to-right marks": "\u200e",
    "right-to-left overrides": "\u202e",
    "Hangul fillers": "\u3164",
    "braille blanks": "\u2800",
    "combining strokes": "\u0336",
    "variation selectors": "\ufe0f",
    "blanks": " ",
}

SPELLINGS = {
    "full-width LINE": "加ＬＩＮＥ",
    "one for I": "加L1NE",
    "exclamation for I": "加L!NE",
    "one for L": "加1INE",
    "capital I for L": "加IINE",
    "three for E": "加LIN3",
    "Cyrillic letters": "加LІNЕ",
    "Greek letters": "加ΙLINΕ".replace("ΙL", "L"),
    "small capitals": "加ʟɪɴᴇ",
    "Lisu letters": "加ꓡꓲꓠꓰ",
    "letters of flags": "加🇱🇮🇳🇪",
    "a combining underline": "加L͟I͟N͟E",
    "accents": "加Líñé",
    "spread LINE": "加 L I N E",
    "dotted LINE": "加L.I.N.E",
    "mixed case": "加lInE",
    "a plus sign": "+賴",
    "a full-width plus": "＋賴",
    "an emoji plus": "➕賴",
    "a homophone": "加籟",
    "another homophone": "加瀨",
    "phonetic signs": "加ㄌㄞˋ",
    "one phonetic sign": "加ㄌ",
    "simplified characters": "加赖",
    "an ID emoji": "賴🆔",
    "LINE and a blank": "加 LINE",
    "a homophone of add": "佳賴",
}

ALPHABETS = {
    "mathematical bold": 0x1D400, "mathematical italic": 0x1D434, "bold italic": 0x1D468,
    "bold script": 0x1D4D0, "bold fraktur": 0x1D56C, "sans-serif": 0x1D5A0, "sans bold": 0x1D5D4,
    "monospace": 0x1D670, "circled": 0x24B6, "squared": 0x1F130, "negative circled": 0x1F150,
    "negative squared": 0x1F170,
}  # fmt: skip

DISGUISES: dict[str, Disguise] = {
    **{f"{name} between": put_between(mark) for name, mark in BETWEEN.items()},
    **{name: spell_line(spelling) for name, spelling in SPELLINGS.items()},
    **{f"{name} letters": moved_by(offset) for name, offset in ALPHABETS.items()},
    "full width": full_width,
    "lines": broken_into_lines,
    "no punctuation": without_punctuation,
    "brackets": in_brackets,
}


def test_there_are_at_least_sixty_different_disguises():
    assert len({disguise(ADVERT) for disguise in DISGUISES.values()} - {ADVERT}) >= 60


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguised_advert_is_still_flagged(name: str):
    verdict = judge(DISGUISES[name](ADVERT))

    assert verdict.flagged, sorted(fired(verdict))


@pytest.mark.parametrize("name", ["dots", "sparkles", "slashes", "red dots"])
def test_splitting_words_is_a_reason_of_its_own(name: str):
    assert "DISGUISED_WORDS" in fired(judge(put_between(BETWEEN[name])(ADVERT)))


def test_ordinary_punctuation_between_characters_disguises_nothing():
    assert "DISGUISED_WORDS" not in fired(judge("預算增加，賴院長說明；飆，股民跟進"))


def sample() -> str:
    """The advert that the demonstration ships."""
    articles = tomllib.loads(
        resources.files("bot.demo").joinpath("articles.toml").read_text("utf-8")
    )
    [text] = [a["text"] for a in articles["article"] if "lin.ee" in a["text"]]
    return str(text)


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_does_not_save_the_packaged_advert(name: str):
    verdict = judge(DISGUISES[name](sample()))

    assert verdict.flagged, sorted(fired(verdict))


def seeds() -> list[str]:
    """Eight real posts, of which one is an advert (see TICKERBELL_SHARED)."""
    [page] = (Path(os.environ["TICKERBELL_SHARED"]) / "seeds").glob("000_*.txt")
    return [line for line in page.read_text("utf-8").splitlines() if len(line) > 200]


@pytest.mark.skipif(not os.environ.get("TICKERBELL_SHARED"), reason="TICKERBELL_SHARED is not set")
@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_does_not_save_a_real_advert_nor_condemn_news(name: str):
    flagged = [judge(DISGUISES[name](text)).flagged for text in seeds()]
    advert = ["lin.ee" in text.lower() for text in seeds()]

    assert flagged == advert
