"""What each kind of labelled line asks of the bot, and how its answer is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from bot.scoring import rouge_l
from rules.companies import Directory
from rules.model import Article, Event, Figure, Reading
from rules.sentences import split

_READ_AT = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)  # what "last year" means where a case has no date


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled line; ``where`` is its file and number."""

    where: str
    label: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The text to be read."""
        return str(self.label["text"])

    @property
    def title(self) -> str:
        """The headline, or an empty string."""
        return str(self.label.get("title", ""))


@dataclass(frozen=True, slots=True)
class Answer:
    """One case's answer: what was right, and what was missing or wrong, in words."""

    right: int
    found: int
    wanted: int
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)  # more measures of this case


Scorer: TypeAlias = Callable[[Directory, Case, Reading], Answer]


@dataclass(frozen=True, slots=True)
class Kind:
    """How the lines of one file are checked, parted and scored."""

    needs: Mapping[str, type]
    score: Scorer
    part_key: str  # the field whose hash decides the part
    part_bytes: int


def article(case: Case) -> Article:
    """The case as an article. Raises ValueError for an empty one or a date that is none."""
    given = case.label.get("published")
    moment = datetime.fromisoformat(str(given)) if given else _READ_AT
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Article("case", case.title, case.text, "eval", moment, published_at=moment)


def _symbol(directory: Directory, given: str) -> str:
    """The one symbol of a company: GOOG is GOOGL."""
    known = directory.resolve(given) if given else ()
    return known[0].symbol if known else given


def _companies(directory: Directory, case: Case, reading: Reading) -> Answer:
    wanted = {_symbol(directory, str(symbol)) for symbol in case.label["symbols"]}
    return _sets({m.company.symbol for m in reading.mentions}, wanted)


def _events(directory: Directory, case: Case, reading: Reading) -> Answer:
    labels = {
        _event_key(e["kind"], _symbol(directory, e["company"]), e.get("background", False)): e
        for e in case.label["events"]
    }
    found: dict[str, Event] = {}
    for event in reading.events:
        for company in event.companies or ("",):
            found[_event_key(event.kind, company, event.background)] = event
    told = [(label, found[key]) for key, label in labels.items() if key in found]
    shares = {
        f"{name} right": [str(label[name]) == getattr(event, name) for label, event in given]
        for name in ("stance", "direction")
        if (given := [(label, event) for label, event in told if name in label])
    }
    means = {name: sum(values) / len(values) for name, values in shares.items()}
    return _sets(set(found), set(labels), means)


def _event_key(kind: str, company: str, background: bool) -> str:
    return f"{kind} {company or '-'}{' (background)' if background else ''}"


def _figures(_: Directory, case: Case, reading: Reading) -> Answer:
    labels, figures = case.label["figures"], reading.figures
    wanted = Counter(
        _figure_key(Decimal(e["value"]), e.get("high"), str(e["unit"])) for e in labels
    )
    found = Counter(_figure_key(f.value, f.high, f.unit) for f in figures)
    exact = len(labels) == len(figures) and all(map(_is_exact, labels, figures))
    return Answer(
        (wanted & found).total(),
        found.total(),
        wanted.total(),
        tuple((wanted - found).elements()),
        tuple((found - wanted).elements()),
        {"exact": float(exact)},
    )


def _figure_key(value: Decimal, high: Decimal | str | None, unit: str) -> str:
    upper = f"–{Decimal(high):f}" if high is not None else ""
    return f"{value:f}{upper} {unit}"


def _is_exact(label: Mapping[str, Any], figure: Figure) -> bool:
    high = Decimal(label["high"]) if "high" in label else None
    return (
        (figure.value, figure.high, figure.unit) == (Decimal(label["value"]), high, label["unit"])
        and label.get("currency") in {None, figure.currency}
        and label.get("kind") in {None, figure.kind}
    )


def _promotion(_: Directory, case: Case, reading: Reading) -> Answer:
    label = case.label["label"]
    if label not in {"advert", "honest"}:
        raise ValueError(f"label is advert or honest, not {label}")
    flagged = reading.promotion.flagged
    shares = {} if label == "advert" else {"false alarms": float(flagged)}
    answer = _sets({"advert"} if flagged else set(), {"advert"} if label == "advert" else set())
    return Answer(answer.right, answer.found, answer.wanted, answer.missing, answer.wrong, shares)


def _summaries(_: Directory, case: Case, reading: Reading) -> Answer:
    reference = str(case.label["summary"])
    chosen = reading.summary.text
    first = split(case.text)[0]
    ours = rouge_l(chosen, reference)
    lead = rouge_l(case.text[first.start : first.end], reference)
    worse = (f"{chosen} (ROUGE-L {ours:.2f}, lead-1 {lead:.2f})",) if ours < lead else ()
    return Answer(0, 0, 0, wrong=worse, shares={"ROUGE-L": ours, "lead-1": lead})


def _sets(found: set[str], wanted: set[str], shares: Mapping[str, float] | None = None) -> Answer:
    return Answer(
        len(found & wanted),
        len(found),
        len(wanted),
        tuple(sorted(wanted - found)),
        tuple(sorted(found - wanted)),
        shares or {},
    )


# Each kind's part is the one that the project's own tests keep aside.
KINDS: Mapping[str, Kind] = {
    "companies": Kind({"text": str, "symbols": list}, _companies, "title+text", 32),
    "events": Kind({"text": str, "events": list}, _events, "text", 1),
    "figures": Kind({"text": str, "figures": list}, _figures, "text", 1),
    "promotion": Kind({"text": str, "label": str}, _promotion, "key", 4),
    "summaries": Kind({"text": str, "summary": str}, _summaries, "text", 32),
}
