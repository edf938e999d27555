"""What a handler answers: sentences by key, with values and buttons, in no language yet.

``render`` turns a ``Reply`` into the ``Message`` that channels send, in the chat's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.messages import Button, Line, Message, Run
from bot.texts import Texts

_QUOTED = 80  # characters of what somebody typed that are repeated back
_LABEL_LIMIT = 40  # characters of a button; a telephone shows no more


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence of the catalogue, with what goes into its placeholders."""

    key: str
    values: Mapping[str, Filling] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """Several fillings in a row, with the language's own mark of this name between them."""

    items: tuple[Filling, ...]
    mark: str = "comma"


Runs: TypeAlias = tuple[Run, ...]  # a text with several styles
Filling: TypeAlias = "str | int | Run | Runs | Say | Listed"
Part: TypeAlias = Say | None  # None is an empty line


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says and, when pressed, the action's kind and arguments."""

    label: Say
    kind: str
    args: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """Sentences, each starting a new line, and rows of buttons.

    ``rules_changed`` says that the chat's rules are others now, ``fleeting`` that to show it for a
    moment is enough, ``instead`` that it takes the place of the message whose button was pressed.
    """

    parts: tuple[Part, ...]
    choices: tuple[tuple[Choice, ...], ...] = ()
    rules_changed: bool = False
    fleeting: bool = False
    instead: bool = False


def say(key: str, **values: Filling) -> Say:
    """The sentence under ``key``."""
    return Say(key, values)


def say_of(group: str, name: str, **values: Filling) -> Say:
    """The sentence for one of several values of data: ``say_of("outcome", "muted")``."""
    return Say(f"{group}.{name}", values)


def short(text: str, limit: int = _QUOTED) -> str:
    """``text`` on one line, cut with … where it is longer than ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def listed(items: Iterable[Filling], mark: str = "comma") -> Listed:
    """``items`` in a row with commas, or with the ``semicolon`` where they hold commas."""
    return Listed(tuple(items), mark)


def reply(*parts: Part, choices: Iterable[Iterable[Choice]] = ()) -> Reply:
    """A reply of these sentences, with these rows of buttons (empty rows are left out)."""
    rows = tuple(tuple(row) for row in choices)
    return Reply(parts, tuple(row for row in rows if row))


def render(answer: Reply, texts: Texts, mint: Callable[[Choice], str]) -> Message:
    """The message that ``answer`` is in the language of ``texts``.

    ``mint`` gives each button the token that it will send back.
    """
    lines: list[Line] = []
    for part in answer.parts:
        lines.extend(((),) if part is None else _lines(part, texts))
    rows = (
        tuple(Button(_label(choice.label, texts), mint(choice)) for choice in row)
        for row in answer.choices
    )
    return Message(tuple(lines), tuple(rows), fleeting=answer.fleeting, instead=answer.instead)


def _lines(sentence: Say, texts: Texts) -> tuple[Line, ...]:
    values = {name: _runs(value, texts) for name, value in sentence.values.items()}
    return texts.lines(sentence.key, **values)


def _runs(value: Filling, texts: Texts) -> tuple[Run, ...]:
    match value:
        case Run():
            return (value,)
        case tuple():
            return value
        case Say():
            return tuple(run for line in _lines(value, texts) for run in line)
        case Listed():
            mark = texts.say(f"layout.{value.mark}")
            runs: list[Run] = []
            for number, item in enumerate(value.items):
                runs += [Run(mark)] if number else []
                runs += _runs(item, texts)
            return tuple(runs)
        case _:
            return (Run(str(value)),)


def _label(label: Say, texts: Texts) -> str:
    return short("".join(run.text for run in _runs(label, texts)), _LABEL_LIMIT)
