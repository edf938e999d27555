"""The companies that an AND asks for, to which what stands beside them belongs."""

from __future__ import annotations

from typing import TypeAlias

from rules.model import And, CompanyTerm, Or

Beside: TypeAlias = tuple[CompanyTerm, ...]


def companies_beside(term: And) -> Beside:
    """The companies that an AND asks for, also as an OR of nothing but companies."""
    found: list[CompanyTerm] = []
    for part in term.parts:
        group = part.parts if isinstance(part, Or) else (part,)
        if all(isinstance(member, CompanyTerm) for member in group):
            found += (member for member in group if isinstance(member, CompanyTerm))
    return tuple(found)
