"""Is this article the same story as that one?

Two outlets tell one happening in different words, but it is the same company, the same act and the
same amounts. So a fingerprint holds who, what, how much and the telling words of headline and lead;
what two of them share is weighed against what contradicts (another month, other amounts, a look
ahead and a result, a happening and what the market made of it).

A rumour, its confirmation and its denial are one story as long as they name the same act of the
same company within the window: who followed the rumour wants to know, and what changed is for the
alert to say. What prices did after a happening is a story of its own.
"""

from rules.stories.assignment import CANDIDATES, MEMBERS, Stories, assign
from rules.stories.changes import Change, What, changes, policy
from rules.stories.lead import leads
from rules.stories.likeness import WINDOW, same, score
from rules.stories.prints import fingerprint

__all__ = [
    "CANDIDATES",
    "MEMBERS",
    "WINDOW",
    "Change",
    "Stories",
    "What",
    "assign",
    "changes",
    "fingerprint",
    "leads",
    "policy",
    "same",
    "score",
]
