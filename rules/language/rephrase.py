"""Turns what people say in words into the signs of the language, token by token.

裁員 超過 1萬人 becomes 裁員>1萬人; words of one name become one (sk hynix); 排除傳聞 excludes 傳聞;
words that say nothing about what is wanted (新聞, 通知我) are put aside, for a note to mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rules.language import quantities
from rules.language.known import Known, is_filler
from rules.language.tokens import Lexeme, Typed
from rules.language.vocabulary import vocabulary
from rules.text import folded

_LONGEST_NAME = 4  # words of a name with blanks in it
_ENDS = re.compile(r"[\s()|,、&。.!?;]|$")
_PRICES = {"money", "per_share"}
_NO_MOVE = 50  # a share hardly ever rises or falls by as many per cent in the news of a day
_PRICE = folded("股價")
_BREAKS = re.compile("|".join(map(folded, ("跌破", "突破", "漲破", "衝破", "站上", "站穩", "破"))))
_SIGNS = frozenset("-−–—!")
_GAP = re.compile(r"\s*的?\s*")


def rephrased(
    typed: Typed, lexemes: Sequence[Lexeme], known: Known
) -> tuple[list[Lexeme], list[Lexeme]]:
    """The tokens to be parsed, and those that say nothing. Raises RuleError where none are left."""
    walk = _Walk(typed, lexemes, known)
    while walk.at < len(lexemes):
        walk.step()
    kept, idle = walk.kept, walk.idle
    if idle and not kept:
        raise typed.error("says_nothing", idle[0].start, idle[-1].end)
    return kept, idle


class _Walk:
    def __init__(self, typed: Typed, lexemes: Sequence[Lexeme], known: Known) -> None:
        self.typed, self.lexemes, self.known = typed, lexemes, known
        self.at = 0
        self.kept: list[Lexeme] = []
        self.idle: list[Lexeme] = []

    def step(self) -> None:
        """Take one token, or several that belong together."""
        lexeme = self.lexemes[self.at]
        if lexeme.type == "OR" and self._lists_exclusions(lexeme):
            self.kept.append(Lexeme("NOT", lexeme.value, lexeme.start, lexeme.end))
            self.at += 1
        elif lexeme.type != "WORD":
            self._take(2 if lexeme.type == "FIELD" else 1)
        elif self._name() or self._compared() or self._excluded(lexeme) or self._not(lexeme):
            return
        elif self._says_nothing(lexeme):
            self.idle.append(lexeme)
            self.at += 1
        else:
            self._take(1)

    def _take(self, count: int) -> None:
        self.kept += self.lexemes[self.at : self.at + count]
        self.at += count

    # --- names ------------------------------------------------------------------------------------

    def _name(self) -> bool:
        """Take the words of one name: sk hynix, job cuts, brk b."""
        for count in range(_LONGEST_NAME, 1, -1):
            words = self._words(count)
            name = " ".join(word.value for word in words)
            if words and (self.known.companies(name) or self.known.kind(name)):
                compared = self._compared(name, words[-1].end, words[0].start)
                if not compared:
                    self.kept.append(Lexeme("WORD", name, words[0].start, words[-1].end))
                    self.at += count
                return True
        return self._measure()

    def _measure(self) -> bool:
        """Take the words of what is compared: 營收 年增>50%, market cap>1兆."""
        for count in range(_LONGEST_NAME, 1, -1):
            words = self._words(count)
            for gap in (" ", "") if words else ():
                name = gap.join(word.value for word in words)
                if not vocabulary().measures.get(name):
                    continue
                following = self._following(count)
                if following and following.type == "COMPARE":
                    self.kept.append(Lexeme("WORD", name, words[0].start, words[-1].end))
                    self.at += count
                    return True
                if self._compared(name, words[-1].end, words[0].start):
                    return True
                if gap:  # market cap, as one word
                    self.kept.append(Lexeme("WORD", name, words[0].start, words[-1].end))
                    self.at += count
                    return True
        return False

    def _words(self, count: int) -> Sequence[Lexeme]:
        words = self.lexemes[self.at : self.at + count]
        return words if len(words) == count and all(w.type == "WORD" for w in words) else ()

    def _following(self, count: int) -> Lexeme | None:
        place = self.at + count
        return self.lexemes[place] if place < len(self.lexemes) else None

    # --- comparisons ------------------------------------------------------------------------------

    def _compared(self, name: str = "", end: int = 0, start: int = -1) -> bool:
        """Take a comparison in words behind ``name``, or behind or inside the word here."""
        if name:
            return self._behind(name, start, end)
        word = self.lexemes[self.at]
        for cut in range(min(len(word.value), 40), 0, -1):
            name = word.value[:cut]
            if self.known.comparable(name) and self._behind(name, word.start, word.start + cut):
                return True
        return self._priced(word) or self._number_first(word)

    def _priced(self, word: Lexeme) -> bool:
        """Take 台積電跌破900 as its share price: what else would be broken through."""
        for broken in _BREAKS.finditer(word.value, 2):
            cut = broken.start()
            start, end = word.start, word.start + cut
            if self.known.company(word.value[:cut]):
                found = self._said(end)
                if not found or found[1].unit not in {"", *_PRICES}:
                    return False
                self.kept.append(Lexeme("WORD", word.value[:cut], start, end))
                if self._add_compared(_PRICE, end, end, *found):
                    return True
                self.kept.pop()
        return False

    def _behind(self, name: str, start: int, end: int) -> bool:
        found = self._said(end)
        if found and self._is_percentage(name):
            unit, value = found[1].unit, found[1].value
            if unit in _PRICES or (not unit and abs(value) >= _NO_MOVE):
                return False  # 股價跌破100元 is no fall (股價跌) of 100元
        return bool(found) and self._add_compared(name, start, end, *found)

    def _is_percentage(self, name: str) -> bool:
        found = self.known.comparable(name)
        measure = self.known.measure(found[1]) if found else None
        return measure is not None and measure.unit == "percent"

    def _said(self, start: int) -> tuple[str, quantities.Quantity, int] | tuple[()]:
        """Operator, quantity and end of a comparison in words at ``start``, if there is one."""
        text = self.typed.text
        before = _pattern("before").match(text, start)
        read = quantities.read(text, before.end() if before else start)
        if read is None:
            return ()
        quantity, end = read
        after = _pattern("after").match(text, end)
        if not before and not after:
            return ()
        end = after.end() if after else end
        sign = _sign(before[1], "before") if before else ""
        if after and (not before or sign == ">="):
            sign = _sign(after[1], "after")
        return sign, quantity, end

    def _add_compared(
        self,
        name: str,
        start: int,
        name_end: int,
        sign: str,
        quantity: quantities.Quantity,
        end: int,
    ) -> bool:
        """Take ``name``, compared, if the comparison ends where a word does."""
        if not _ENDS.match(self.typed.text, end):
            return False
        self.kept.append(Lexeme("WORD", name, start, name_end))
        self.kept.append(Lexeme("COMPARE", sign, name_end, end, quantity))
        while self.at < len(self.lexemes) and self.lexemes[self.at].start < end:
            self.at += 1
        return True

    def _number_first(self, word: Lexeme) -> bool:
        """Take 大於1000億的投資 or 1000億以上投資."""
        found = self._said(word.start)
        if not found:
            return False
        gap = _GAP.match(self.typed.text, found[2])
        start = gap.end() if gap else found[2]
        holder = next((x for x in self.lexemes[self.at :] if x.start <= start < x.end), None)
        if holder is None or holder.type != "WORD":
            return False
        name = self.typed.text[start : holder.end]
        if not self.known.comparable(name):
            return False
        sign, quantity, _ = found
        return self._add_compared(name, start, holder.end, sign, quantity, holder.end)

    # --- exclusions and fillers -------------------------------------------------------------------

    def _excluded(self, lexeme: Lexeme) -> bool:
        """Take 排除傳聞, 傳聞除外 or 台積電不要傳聞 as an exclusion."""
        word, (before, after) = lexeme.value, vocabulary().excluding
        if self.known.named(word) or self._negated():
            return False
        for said in sorted(before, key=len, reverse=True):
            left, found, right = word.partition(said)
            if found and len(right) > 1 and (not left or self.known.named(left)):
                self._exclude(lexeme, left, len(left) + len(said), *_beyond(right))
                return True
        said = next((said for said in after if word.endswith(said)), "")
        if said and len(word) > len(said) + 1:
            self._exclude(lexeme, "", 0, word.removesuffix(said))
            return True
        return False

    def _not(self, lexeme: Lexeme) -> bool:
        """Take 但排除 傳聞, with a blank, as a sign that excludes."""
        following = self._following(1)
        if lexeme.value not in vocabulary().excluding[0] or self._negated():
            return False
        if following is None or following.type not in {"WORD", "PHRASE", "EVENT"}:
            return False
        if self.kept and self.kept[-1].type == "OR":
            self.kept.pop()
        self.kept.append(Lexeme("NOT", lexeme.value, lexeme.start, lexeme.end))
        self.at += 1
        return True

    def _lists_exclusions(self, lexeme: Lexeme) -> bool:
        """Whether 、 stands in a list of what is excluded in words: 不要傳聞、謠言."""
        signs = [x.type for x in self.kept[-2:]]
        worded = signs == ["NOT", "WORD"] and self.kept[-2].value not in _SIGNS
        following = self._following(1)
        return worded and lexeme.value == "、" and following is not None

    def _exclude(self, lexeme: Lexeme, left: str, cut: int, right: str, rest: str = "") -> None:
        """Take ``left``, then exclude ``right``, which begins at ``cut``; ``rest`` is asked for."""
        start = lexeme.start
        if lexeme.value.startswith("但") and self.kept and self.kept[-1].type == "OR":
            self.kept.pop()  # 裁員，但不要傳聞
        if left:
            self.kept.append(Lexeme("WORD", left, start, start + len(left)))
        self.kept.append(Lexeme("NOT", "不要", start + len(left), start + max(cut, len(left) + 1)))
        self.kept.append(Lexeme("WORD", right, start + cut, start + cut + len(right)))
        if rest:
            self.kept.append(Lexeme("WORD", rest, lexeme.end - len(rest), lexeme.end))
        self.at += 1

    def _says_nothing(self, lexeme: Lexeme) -> bool:
        """Whether a word is idle; one that an operator or exclusion is about never is."""
        if self.at == 0 and lexeme.value in vocabulary().fillers.opening:
            return len(self.lexemes) > 1
        if not is_filler(lexeme.value) or self.known.named(lexeme.value):
            return False
        following = self._following(1)
        return not self._joined() and not (following and following.type in {"OR", "COMPARE"})

    def _negated(self) -> bool:
        return bool(self.kept) and self.kept[-1].type == "NOT"

    def _joined(self) -> bool:
        return bool(self.kept) and self.kept[-1].type in {"NOT", "OR"}


def _beyond(text: str) -> tuple[str, str]:
    """台積電以外的半導體: what is left out, and what is asked for beyond it."""
    after = "|".join(sorted(vocabulary().excluding[1], key=len, reverse=True))
    found = re.fullmatch(rf"(.{{2,}}?)(?:{after})的?(.*)", text)
    return (found[1], found[2]) if found else (text, "")


def amount_end(text: str, start: int, *, worded: bool = False) -> int:
    """Where the figure at ``start``, perhaps behind 超過 or before 以上, ends; -1 without one.

    With ``worded`` such a word is needed.
    """
    before = _pattern("before").match(text, start)
    read = quantities.read(text, before.end() if before else start)
    if read is None:
        return -1
    after = _pattern("after").match(text, read[1])
    if worded and not before and not after:
        return -1
    return after.end() if after else read[1]


@lru_cache(maxsize=2)
def _pattern(side: str) -> re.Pattern[str]:
    table = vocabulary().compared_before if side == "before" else vocabulary().compared_after
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    return re.compile(rf"\s*({words})" + (r"\s*" if side == "before" else ""))


def _sign(word: str, side: str) -> str:
    table = vocabulary().compared_before if side == "before" else vocabulary().compared_after
    return table[word]
