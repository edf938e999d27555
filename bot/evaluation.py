"""How well the bot reads: labelled files, read as news is read, and compared with their labels.

The format of the files is in ``docs/evaluation.md``. Companies, events, figures and promotion are
scored on the whole reading of each text, as a user gets it; nothing is told in advance.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import InvalidOperation
from pathlib import Path
from typing import Any, Literal, TypeAlias

from bot import answers
from bot.answers import KINDS, Case, Kind
from bot.knowledge import Knowledge
from bot.scoring import Tally, in_stable_third

Part: TypeAlias = Literal["kept", "tuned", "all"]
_LEAST_SCORE = 3  # of a summary that somebody rated from 1 to 5


class EvaluationError(Exception):
    """A folder or line that cannot be used; ``key`` and ``values`` name the sentence."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Miss:
    """A case that was read wrong."""

    where: str
    text: str
    missing: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The score of one file; ``measures`` are means of what only its kind has."""

    name: str
    tally: Tally
    measures: Mapping[str, float]
    misses: tuple[Miss, ...]


def evaluate(knowledge: Knowledge, folder: Path, part: Part, most_misses: int) -> list[Result]:
    """Score every known file of ``folder``, in the documented order.

    Raises EvaluationError for a folder without one and for a line of another shape.
    """
    files = [(kind, folder / f"{name}.jsonl") for name, kind in KINDS.items()]
    there = [(kind, path) for kind, path in files if path.is_file()]
    if not there:
        names = ", ".join(f"{name}.jsonl" for name in KINDS)
        raise EvaluationError("eval.no_files", path=str(folder), names=names)
    return [_score(knowledge, kind, path, part, most_misses) for kind, path in there]


def _score(knowledge: Knowledge, kind: Kind, path: Path, part: Part, most: int) -> Result:
    tally, misses = Tally(), []
    shares: dict[str, list[float]] = {}
    for case in _cases(path, kind):
        if not _in_part(case, kind, part) or not _worth(case):
            continue
        with _naming(case, path):
            article = answers.article(case)
        reading = knowledge.engine.read(article)
        with _naming(case, path):
            answer = kind.score(knowledge.language.directory, case, reading)
        tally.add(answer.right, answer.found, answer.wanted)
        for name, share in answer.shares.items():
            shares.setdefault(name, []).append(share)
        if answer.missing or answer.wrong:
            text = f"{case.title} {case.text}".strip()
            misses.append(Miss(case.where, text, answer.missing, answer.wrong))
    misses.sort(key=lambda miss: -len(miss.missing) - len(miss.wrong))
    measures = {name: sum(values) / len(values) for name, values in shares.items()}
    return Result(path.stem, tally, measures, tuple(misses[:most]))


@contextmanager
def _naming(case: Case, path: Path) -> Iterator[None]:
    """Turn what a wrong label raises into an error that names its line."""
    try:
        yield
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        line = case.where.rpartition(":")[2]
        raise _bad(path, line, f"{type(error).__name__}: {error}") from error


def _bad(path: Path, line: str, reason: str) -> EvaluationError:
    return EvaluationError("eval.bad_line", path=str(path), line=line, reason=reason)


def _cases(path: Path, kind: Kind) -> Iterable[Case]:
    for number, line in enumerate(path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield Case(f"{path.name}:{number}", _checked(line, kind, path, number))


def _checked(line: bytes, kind: Kind, path: Path, number: int) -> Mapping[str, Any]:
    try:
        label = json.loads(line.decode("utf-8"))
    except ValueError as error:
        raise _bad(path, str(number), str(error)) from error
    if not isinstance(label, dict):
        raise _bad(path, str(number), "not a JSON object")
    bad = [name for name, form in kind.needs.items() if not isinstance(label.get(name), form)]
    if not isinstance(label.get("score", _LEAST_SCORE), int | float):
        bad.append("score")
    if bad:
        raise _bad(path, str(number), f"missing or of another type: {', '.join(bad)}")
    return label


def _worth(case: Case) -> bool:
    """Whether its label is good enough to be measured against."""
    return bool(case.label.get("score", _LEAST_SCORE) >= _LEAST_SCORE)


def _in_part(case: Case, kind: Kind, part: Part) -> bool:
    if part == "all":
        return True
    key = case.title + case.text if kind.part_key == "title+text" else ""
    key = key or str(case.label.get(kind.part_key, case.text))
    return in_stable_third(key, kind.part_bytes) == (part == "kept")


def as_json(results: Sequence[Result]) -> list[dict[str, object]]:
    """The results as plain values; shares have four digits, None where they do not exist."""
    return [
        {
            "name": r.name,
            "cases": r.tally.cases,
            "right": r.tally.right,
            "found": r.tally.found,
            "wanted": r.tally.wanted,
            "precision": _rounded(r.tally.precision),
            "recall": _rounded(r.tally.recall),
            "f1": _rounded(r.tally.f1),
            **{name: _rounded(value) for name, value in r.measures.items()},
            "misses": [
                {"where": m.where, "missing": list(m.missing), "wrong": list(m.wrong)}
                for m in r.misses
            ],
        }
        for r in results
    ]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
