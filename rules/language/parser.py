"""From typed text to a tree of tokens: limits, cutting, grammar. What words mean comes later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from lark import Lark, Token, Tree, UnexpectedToken
from lark.lexer import Lexer

from rules.language.known import Known
from rules.language.rephrase import rephrased
from rules.language.tokens import Lexeme, Typed, cut

MOST_TERMS = 50
_OPERATORS = {"OR", "AND", "NOT"}


class _Given(Lexer):
    """Hands lark the tokens that are already cut."""

    def __init__(self, lexer_conf: object) -> None:
        """Lark passes its configuration; there is nothing to configure."""

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
        for number, lexeme in enumerate(lexer_state):
            yield Token(lexeme.type, str(number), start_pos=lexeme.start, end_pos=lexeme.end)


@lru_cache(maxsize=1)
def _grammar() -> Lark:
    grammar = resources.files("rules.language").joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer=_Given)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A syntax tree, whose leaves number ``lexemes``; ``idle`` are words that say nothing."""

    tree: Tree[Token]
    lexemes: Sequence[Lexeme]
    idle: Sequence[Lexeme]


def parsed(typed: Typed, known: Known) -> Parsed:
    """The syntax of what was typed.

    Raises RuleError for text that is no rule, or beyond the limits.
    """
    lexemes = cut(typed)
    if not lexemes:
        raise typed.error("empty", 0, len(typed.text))
    _check_size(typed, lexemes)
    lexemes, idle = rephrased(typed, lexemes, known)
    try:
        return Parsed(_grammar().parse(lexemes), lexemes, idle)
    except UnexpectedToken as error:
        raise _unexpected(typed, lexemes, error) from None


def _check_size(typed: Typed, lexemes: Sequence[Lexeme]) -> None:
    terms = [x for x in lexemes if x.type in {"WORD", "PHRASE", "REGEX", "EVENT"}]
    if len(terms) > MOST_TERMS:
        beyond = terms[MOST_TERMS]
        raise typed.error(
            "too_many_terms", beyond.start, beyond.end, limit=str(MOST_TERMS), count=str(len(terms))
        )


def _unexpected(typed: Typed, lexemes: Sequence[Lexeme], error: UnexpectedToken) -> Exception:
    """The sentence that fits a token which cannot stand where it does."""
    at_end = error.token.type == "$END"
    index = len(lexemes) if at_end else int(error.token)
    before = lexemes[index - 1] if index else None
    here = None if at_end else lexemes[index]
    if before and before.type == "FIELD":
        return typed.error("empty_field", before.start, before.end)
    if here and here.type == "COMPARE":
        return typed.error("lonely_comparison", here.start, here.end)
    if before and before.type in _OPERATORS:
        return typed.error("no_operand", before.start, before.end)
    assert here is not None  # an operator where an operand belongs; brackets are checked in cutting
    return typed.error("no_operand", here.start, here.end)
