"""Which of very many rules hold for an article, without trying them all.

Equal terms are stored and looked at once. Each term is written as clauses of numbered atoms
(``clauses``), each clause filed under the rarest atom that it needs. For an article the atoms that
it has are worked out (``present``: an automaton finds all keywords in one pass), then only the
clauses filed under those are looked at, in flat columns (``columns``, ``segment``). So the cost of
an article grows with what it holds and how many rules that concerns, not with how many there are.

New rules go to a small batch (``batch``). Once it has grown it becomes a segment, and segments are
put together so that each is several times larger than the next; so are the automata of keywords.
The index gives that work out as a value (``merging``), which another thread may do while articles
go on being matched.

What a rule means (an event belongs to the companies beside it in an AND, …) is in
``rules.evaluate``.
"""

from rules.index.found import Found, Group
from rules.index.frequencies import Frequencies
from rules.index.index import RuleIndex
from rules.index.merging import Merge, Merged

__all__ = ["Found", "Frequencies", "Group", "Merge", "Merged", "RuleIndex"]
