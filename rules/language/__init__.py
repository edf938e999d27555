"""The rule language: what a person types after ``/sub``, understood or refused with help.

A space is AND and binds tighter than OR (``|`` ``,`` ``、`` ``或``); ``-`` excludes; brackets
group; quotes take words as they are. ``resolve.py`` says what a bare word means.
"""

from rules.language.errors import RuleError, Way
from rules.language.explanation import explain, name
from rules.language.note import Note, label
from rules.language.remarks import notes
from rules.language.repair import EXAMPLES
from rules.language.rule import parse
from rules.language.shift import shifted

__all__ = [
    "EXAMPLES",
    "Note",
    "RuleError",
    "Way",
    "explain",
    "label",
    "name",
    "notes",
    "parse",
    "shifted",
]
