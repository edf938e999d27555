"""A remark on a rule, to be said in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.wording import Catalogue


@dataclass(frozen=True, slots=True)
class Note:
    """One remark. ``key`` names the sentence ``note.<key>``; ``suggestion`` is a rule or empty."""

    key: str
    values: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    suggestion: str = ""

    def say(self, lang: str = "zh-TW") -> str:
        """The remark as a sentence. Raises KeyError for a language there is no catalogue for."""
        catalogue = Catalogue.load("rules.data.wording", lang)
        values = {name: self._worded(value, catalogue) for name, value in self.values.items()}
        return catalogue.say(f"note.{self.key}", suggestion=self.suggestion, **values)

    @staticmethod
    def _worded(value: str | tuple[str, ...], catalogue: Catalogue) -> str:
        """A value in words; of several, event kinds (``event.layoff``) by their names."""
        if isinstance(value, str):
            return value
        words = [catalogue.say(part) if part in catalogue else part for part in value]
        return catalogue.say("list.plus").join(words)
