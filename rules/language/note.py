"""A remark on a rule, to be said in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from rules.model import Company
from rules.wording import Catalogue

Value: TypeAlias = "str | Company | tuple[str | Company, ...]"
_MARKS = {"candidates": "comma", "words": "between"}  # what stands between several


@dataclass(frozen=True, slots=True)
class Note:
    """One remark. ``key`` names the sentence ``note.<key>``.

    ``suggestion`` is a rule or empty, ``others`` are rules that may be meant as well.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    suggestion: str = ""
    others: tuple[str, ...] = ()

    @property
    def suggestions(self) -> tuple[str, ...]:
        """All rules that may be meant, the likeliest first."""
        return (self.suggestion, *self.others) if self.suggestion else self.others

    def say(self, lang: str = "zh-TW") -> str:
        """The remark as a sentence. Raises KeyError for a language there is no catalogue for."""
        catalogue = Catalogue.load("rules.data.wording", lang)
        values = {
            name: worded(value, catalogue, _MARKS.get(name, "plus"))
            for name, value in self.values.items()
        }
        return catalogue.say(f"note.{self.key}", suggestion=self.suggestion, **values)


def label(company: Company, lang: str) -> str:
    """A company with its code, as readers of ``lang`` know it: 台積電(2330), TSMC (2330)."""
    if lang != "en":
        return company.label
    name = company.english or company.name
    return name if name == company.code else f"{name} ({company.code})"


def worded(value: Value, catalogue: Catalogue, mark: str) -> str:
    """A value in words: companies by name, event kinds (``event.layoff``) by theirs.

    ``mark`` names what stands between several: ``comma``, ``between`` or ``plus``.
    """
    if isinstance(value, Company):
        return label(value, catalogue.lang)
    if isinstance(value, str):
        return catalogue.say(value) if value.startswith("event.") else value
    return catalogue.say(f"list.{mark}").join(worded(part, catalogue, mark) for part in value)
