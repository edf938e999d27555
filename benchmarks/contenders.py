"""The others: what each is given so that it can answer the same rules, and how it is asked.

A contender that is not installed is left out with the reason. ``rules.index`` numbers what a rule
can ask (a company, an event of a company, a limit that a figure passes, a keyword); the two
percolators know neither Chinese words nor companies, so they are given those numbers as tokens, of
rules and articles alike. Their time contains the work of finding them in the article, as ours does.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks import corpus
from rules import events
from rules.engine import Analysis
from rules.evaluate import Evaluator
from rules.index import RuleIndex
from rules.index.atoms import Atoms
from rules.index.clauses import compiled
from rules.index.present import present
from rules.model import And, Atom, CompanyTerm, EventTerm, KeywordTerm, Not, Or, SourceTerm, Term
from rules.text import folded

SCAN = "(finding the keywords alone)"
SHARED = "(what the article has: all contenders)"
OURS = "ours: their ids in order, a list"

Answer = Callable[[Analysis], int]  # matches an article, says how many rules hold


class Contender(NamedTuple):
    """A way to match; ``answer`` is None where ``note`` says why there is none."""

    name: str
    answer: Answer | None
    note: str = ""


Clauses = list[tuple[int, list[tuple[int, ...]]]]  # a rule's number, its clauses of literals


def ours(index: RuleIndex) -> Iterator[Contender]:
    """The index, asked for more and more; the first two are the part that all contenders share."""
    levels = index._atoms.keywords.levels  # noqa: SLF001 - a part is timed that has no door

    def found(analysis: Analysis) -> int:
        return sum(len(level.find(analysis.document.text)) for level in levels)

    def atoms(analysis: Analysis) -> int:
        return len(_present(index._atoms, analysis))  # noqa: SLF001

    def array(analysis: Analysis) -> int:
        return len(index.find(analysis.document, analysis.reading).ids())

    def ids(analysis: Analysis) -> int:
        return len(index.find(analysis.document, analysis.reading).rules())

    yield Contender(SCAN, found)
    yield Contender(SHARED, atoms)
    yield Contender("ours: their ids in order, an array", array)
    yield Contender(OURS, ids)


def peers(size: int) -> Iterator[Contender]:
    """The percolators of other projects."""
    atoms = Atoms()
    rules = [(n, _literals(term, atoms)) for n, (_, term) in enumerate(corpus.rules(size))]
    atoms.settle()
    ways = (("perq", _perq), ("mokaccino", _mokaccino), ("mokaccino, equal rules once", _grouped))
    for name, make in ways:
        try:
            yield Contender(name, make(rules, atoms))
        except ImportError as error:
            yield Contender(name, None, f"not installed: pip install {error.name}")


def slow(size: int) -> Iterator[Contender]:
    """Ways that try every rule: fine for a hundred."""
    rules = [term for _, term in corpus.rules(size)]
    yield Contender("every rule tried (the reference)", _reference(rules))
    yield Contender("one compiled re per rule", _expressions(rules))
    yield Contender("SQLite FTS5, one row, every rule asked", _fts(rules))


def _literals(term: Term, atoms: Atoms) -> list[tuple[int, ...]]:
    return [(2 * under, *others) for under, *others in compiled(term, atoms).clauses]


def _present(atoms: Atoms, analysis: Analysis) -> list[int]:
    found: list[int] = present(atoms, Evaluator(analysis.document, analysis.reading)).tolist()
    return found


def _perq(rules: Clauses, atoms: Atoms) -> Answer:
    """perq has no OR of ANDs and no negation: a query per clause, exclusions left out."""
    import perq

    store = perq.MemoryStore()
    queries = (
        perq.Query(f"{number}.{part}", [(str(lit >> 1),) for lit in clause if not lit & 1])
        for number, clauses in rules
        for part, clause in enumerate(clauses)
    )
    perq.index(queries, store)
    matcher = perq.QueryMatcher(store)

    def answer(analysis: Analysis) -> int:
        document = perq.Document([*map(str, _present(atoms, analysis))])
        return len(list(matcher.matches(document)))

    return answer


def _mokaccino(rules: Clauses, atoms: Atoms) -> Answer:
    percolate = _percolator(rules, atoms)
    return lambda analysis: len(percolate(analysis))


def _percolator(rules: Clauses, atoms: Atoms) -> Callable[[Analysis], list[int]]:
    import mokaccino

    def literal(number: int) -> mokaccino.Query:
        query = mokaccino.Query.from_kv("a", str(number >> 1))
        return mokaccino.Query.from_not(query) if number & 1 else query

    def joined(join: Callable[..., mokaccino.Query], parts: list[mokaccino.Query]) -> object:
        return parts[0] if len(parts) == 1 else join(parts)

    index = mokaccino.Percolator()
    for number, clauses in rules:
        if not clauses:
            continue  # it contradicts itself
        ands = [joined(mokaccino.Query.from_and, [*map(literal, clause)]) for clause in clauses]
        index.add_query_id(joined(mokaccino.Query.from_or, ands), number)
    index = index.optimized()

    def percolate(analysis: Analysis) -> list[int]:
        document = mokaccino.Document()
        for number in _present(atoms, analysis):
            document.add_value("a", str(number))
        found: list[int] = index.percolate_list(document)
        return found

    return percolate


def _grouped(rules: Clauses, atoms: Atoms) -> Answer:
    """mokaccino helped as ours helps itself: it stores a rule once however many have it."""
    same: dict[tuple[tuple[int, ...], ...], list[int]] = {}
    for number, clauses in rules:
        same.setdefault(tuple(sorted(clauses)), []).append(number)
    groups = [*same.values()]
    distinct = [(number, [*clauses]) for number, clauses in enumerate(same)]
    percolate = _percolator(distinct, atoms)

    def answer(analysis: Analysis) -> int:
        return len([rule for group in percolate(analysis) for rule in groups[group]])

    return answer


def _reference(rules: list[Term]) -> Answer:
    def answer(analysis: Analysis) -> int:
        evaluator = Evaluator(analysis.document, analysis.reading)
        return sum(evaluator.holds(term) is not None for term in rules)

    return answer


# --- over the bare text: a company is its name, an event one of its words ------------------------


def _words(atom: Atom) -> list[str]:
    if isinstance(atom, CompanyTerm):
        return [folded(dict(corpus.followed())[atom.symbol])]
    if isinstance(atom, EventTerm):
        return [folded(word) for word in events.kinds()[atom.kind].names]
    return [atom.text] if isinstance(atom, KeywordTerm | SourceTerm) else []


def _expressions(rules: list[Term]) -> Answer:
    compiled_rules = [re.compile(_expression(term), re.S) for term in rules]

    def answer(analysis: Analysis) -> int:
        return sum(rule.match(analysis.document.text) is not None for rule in compiled_rules)

    return answer


def _expression(term: Term) -> str:
    match term:
        case And(parts):
            return "".join(_expression(part) for part in parts)
        case Or(parts):
            return f"(?:{'|'.join(_expression(part) for part in parts)})"
        case Not(part):
            return f"(?!{_expression(part)})"
    words = _words(term)
    return f"(?=.*(?:{'|'.join(map(re.escape, words))}))" if words else ""


def _fts(rules: list[Term]) -> Answer:
    """Characters are set apart by blanks, so that a phrase finds a word anywhere."""
    queries = [query for term in rules if (query := _query(term))]
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table article using fts5(text)")

    def answer(analysis: Analysis) -> int:
        connection.execute("delete from article")
        connection.execute("insert into article values (?)", (" ".join(analysis.document.text),))
        ask = "select 1 from article where article match ?"
        return sum(connection.execute(ask, (query,)).fetchone() is not None for query in queries)

    return answer


def _query(term: Term) -> str:
    if isinstance(term, And):
        wanted = [q for part in term.parts if not isinstance(part, Not) and (q := _query(part))]
        unwanted = [f" NOT {_query(part.part)}" for part in term.parts if isinstance(part, Not)]
        return f"({' AND '.join(wanted)})" + "".join(unwanted) if wanted else ""
    if isinstance(term, Or):
        return f"({' OR '.join(map(_query, term.parts))})"
    if isinstance(term, Not):
        return ""
    phrases = ['"' + " ".join(word.replace('"', "")) + '"' for word in _words(term)]
    return f"({' OR '.join(phrases)})" if phrases else ""
