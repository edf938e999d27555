"""Who the article is talking of at each sentence, for statements that name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from rules.events.names import Names
from rules.events.stage import Stage
from rules.model import Mention, Salience

_LONGEST = 2  # sentences; after so many without a name the talk is of nobody in particular
_OPENING = 3  # folded characters at the start of a sentence


class Topics:
    """The subject that each sentence inherits, and the company that the article is about.

    A company that the article only mentions stays the topic of what directly follows; then, at a
    new paragraph, and where somebody sums up (分析認為), the talk returns to the main company.
    """

    def __init__(self, stage: Stage, mentions: tuple[Mention, ...], names: Names) -> None:
        """Ready the chain of subjects; it is worked out as far as somebody asks."""
        about = [m for m in mentions if m.about]
        self.main = tuple(m.company.symbol for m in about[:1])
        self._headline = any(m.salience is Salience.HEADLINE for m in mentions)
        self.dominant = bool(about) and (self._headline or len(mentions) == 1)
        self._topics: list[tuple[str, ...] | None] = []
        self._coming = self._chain(stage, names)

    def at(self, number: int) -> tuple[str, ...] | None:
        """Who sentence ``number`` is about unless it says so: None is nobody, () a stranger."""
        while len(self._topics) <= number:
            self._topics.append(next(self._coming))
        return self._topics[number]

    def _chain(self, stage: Stage, names: Names) -> Iterator[tuple[str, ...] | None]:
        document = stage.scene.document
        rest = self.main if self.dominant else None
        topic: tuple[str, ...] | None = self.main or None
        title_end = document.title_end
        silent, last = 0, 0
        for sentence in document.sentences:
            opens = stage.cues_in("scope.openers", sentence.start, sentence.start + 12)
            summing = bool(opens) and opens[0].start <= sentence.start + _OPENING
            if rest and (summing or "\n" in document.text[last : sentence.start]):
                topic = rest
            group = names.first_list(sentence.start, sentence.end)
            if last <= title_end < sentence.start and not self._headline:
                within = names.between(sentence.start, sentence.end)
                named = any(n.symbol in self.main for n in within)
                topic = topic if named else None  # no topic before anybody is named
            yield topic
            if group is None:
                silent += 1
                topic = rest if silent >= _LONGEST else topic
            else:
                silent = 0
                topic = tuple(dict.fromkeys(n.symbol for n in group if n.symbol))
            last = sentence.end
