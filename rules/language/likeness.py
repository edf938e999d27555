"""Names that somebody may have meant: what sounds alike, and what is one slip away.

Voice input and phonetic keyboards give characters of the same sound (台機電 for 台積電). Many in
Taiwan say zh and z, ch and c, sh and s, and -ng and -n after e and i alike.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from rules.language.known import Directory, Known
from rules.language.vocabulary import vocabulary
from rules.words import words

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,8}")
_LATIN = re.compile(r"[a-z][a-z&.]{4,}")
_INITIAL = re.compile(r"[bpmfdtnlgkhjqxzcsryw]?")
_LIKE = 0.82  # share of the letters that a Latin name has in common with what was typed
_ANY_SLIP = 4  # characters from which on one of them may be any other
_SHORT = 2
_SHOWN = 3


def alike(word: str, known: Known) -> Sequence[str]:
    """Names of companies and events that folded ``word`` may have been meant as, best first.

    Nothing for a word that is in the dictionary, or whose likeness may well be chance.
    """
    if _LATIN.fullmatch(word):
        return _latin(word, known.directory)
    if word in vocabulary().no_slips or not _CHINESE.fullmatch(word) or words().count(word):
        return ()
    names = _by_sound(known.directory)
    sounds = _sounds(word)
    same = [name for name in names.get(sounds, ()) if name != word]
    slips = [name for name in _slipped(sounds, names) if _one_off(word, name, known)]
    found = (name for name in (*same, *slips) if known.named(name))
    return tuple(dict.fromkeys(found))[:_SHOWN]


def _latin(word: str, directory: Directory) -> Sequence[str]:
    known = [
        name
        for name in _latin_names(directory)
        if name[0] == word[0] and abs(len(name) - len(word)) <= 1 and word != f"{name}s"
    ]
    return difflib.get_close_matches(word, known, n=_SHOWN, cutoff=_LIKE)


def _slipped(
    sounds: tuple[str, ...], names: Mapping[tuple[str, ...], Sequence[str]]
) -> Iterator[str]:
    """Names of as many characters of which one sounds different."""
    for other, found in names.items():
        if len(other) == len(sounds):
            different = [pair for pair in zip(sounds, other, strict=True) if pair[0] != pair[1]]
            if len(different) <= 1:
                yield from found


def _one_off(word: str, name: str, known: Known) -> bool:
    """Whether one character differs, in a short name by one that sounds nearly the same.

    Short names of companies are too many: only what sounds the same counts for those.
    """
    if len(word) == _SHORT and not known.happening(name):
        return False
    pairs = [(a, b) for a, b in zip(word, name, strict=True) if a != b]
    if len(pairs) != 1:
        return False
    (one, other) = map(_sound, pairs[0])
    return len(word) >= _ANY_SLIP or _final(one) == _final(other)


def _final(sound: str) -> str:
    initial = _INITIAL.match(sound)
    return sound[initial.end() :] if initial else sound


@lru_cache(maxsize=4)
def _by_sound(directory: Directory) -> Mapping[tuple[str, ...], Sequence[str]]:
    """Chinese names of companies and events by how they sound."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in (*_event_names(), *directory.names):
        if _CHINESE.fullmatch(name):
            found.setdefault(_sounds(name), []).append(name)
    return found


@lru_cache(maxsize=4)
def _latin_names(directory: Directory) -> Sequence[str]:
    return [n for n in dict.fromkeys((*_event_names(), *directory.names)) if _LATIN.fullmatch(n)]


def _event_names() -> Sequence[str]:
    known = vocabulary()
    return [*known.kind_words, *known.kinds, *known.narrower, *known.measures]


def _sounds(word: str) -> tuple[str, ...]:
    return tuple(map(_sound, word))


def _sound(char: str) -> str:
    """How ``char`` sounds without its tone; a character of unknown sound is its own."""
    return _table().get(char, char)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, str]:
    lines = resources.files("rules.data").joinpath("sounds.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines if not line.startswith("#"))
    return {char: _heard(syllable) for syllable, chars in rows for char in chars}


def _heard(syllable: str) -> str:
    """The syllable as many people in Taiwan say it."""
    flat = re.sub(r"^([zcs])h", r"\1", syllable)
    return re.sub(r"([ei])ng$", r"\1n", flat)
