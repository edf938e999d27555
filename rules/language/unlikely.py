"""Words that can hardly be meant as keywords: refused with what is more likely meant."""

from __future__ import annotations

import re
import unicodedata

from rules.language import quantities
from rules.language.known import Known
from rules.language.nearby import nearby
from rules.language.tokens import Lexeme, Typed
from rules.language.vocabulary import vocabulary

_CODE = re.compile(r"\d{4,6}[a-z]?")
_SYMBOL = re.compile(r"\d{4,6}[a-z]?\.(?:two?|hk|t|ks|kq|ss|sz)")
_TICKER = re.compile(r"[A-Z]{2,5}(?:\.[A-Z])?")
_CODES = re.compile(r"(\d{4})[-~](\d{4})")
_COMMAND = re.compile(r"/[a-z]{2,12}")
_SPAN = 20  # codes of a range that a correction lists at most
_DASH = re.compile(r"[-−–—~]")
_LONGEST = 40  # characters: in a longer word no comparison is looked for


def refuse(word: Lexeme, typed: Typed, known: Known) -> None:
    """Raise RuleError for a keyword that is a command, an unknown code or a figure to compare."""
    if not word.start:
        _refuse_command(word, typed)
    _refuse_code(word, typed, known)
    _refuse_wordy_comparison(word, typed, known)
    _refuse_glued(word, typed, known)
    if len(word.value) == 1 and word.value.isascii():
        raise typed.error("too_short", word.start, word.end)


def _refuse_command(word: Lexeme, typed: Typed) -> None:
    if word.value in vocabulary().leaving:
        raise typed.error("unsubscribes", word.start, word.end)
    if _COMMAND.fullmatch(word.value):
        raise typed.error("command", word.start, word.end)


def _refuse_code(word: Lexeme, typed: Typed, known: Known) -> None:
    spelt = unicodedata.normalize("NFKC", typed.original(word.start, word.end))
    capitals = _TICKER.fullmatch(spelt) and word.value not in vocabulary().acronyms
    if not (_CODE.fullmatch(word.value) or _SYMBOL.fullmatch(word.value) or capitals):
        return
    if word.value in vocabulary().plain:
        return
    near = nearby(word.value, known)
    key = "unknown_code" if near else "unknown_code_at_all"
    raise typed.error(key, word.start, word.end, nearest=near)


def _refuse_wordy_comparison(word: Lexeme, typed: Typed, known: Known) -> None:
    """裁員1萬人 is meant as 裁員>=1萬人: say so instead of searching for it."""
    for cut in range(min(len(word.value), _LONGEST) - 1, 0, -1):
        read = quantities.read(word.value, cut)
        if read and read[1] == len(word.value) and known.comparable(word.value[:cut]):
            name = typed.original(word.start, word.start + cut)
            figure = typed.original(word.start + cut, word.start + len(word.value))
            rule = f"{name}>={figure}"
            raise typed.error("wordy_comparison", word.start, word.end, rule=rule)


def _refuse_glued(word: Lexeme, typed: Typed, known: Known) -> None:
    """Refuse 台積電-傳聞 and 1101~1110, which look like signs of the language and are none."""
    text = word.value
    if codes := _CODES.fullmatch(text):
        first, last = sorted((int(codes[1]), int(codes[2])))
        within = [str(code) for code in range(first, min(last, first + _SPAN) + 1)]
        listed = tuple(code for code in within if known.companies(code))
        raise typed.error("code_range", word.start, word.end, codes=listed)
    left, right = _DASH.split(text, 1) if _DASH.search(text) else ("", "")
    if left and right and known.named(left) and not right.isascii():
        place = word.start + len(left)
        raise typed.error(
            "glued_dash",
            word.start,
            word.end,
            left=typed.original(word.start, place),
            right=typed.original(place + 1, word.start + len(text)),
        )
