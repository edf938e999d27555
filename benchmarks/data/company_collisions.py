"""Print the dictionary words inside which a company is found: each is a false find.

Every word of jieba's dictionary that properly contains a company's name is read in two sentences,
one without and one with finance words around it. Run from the project's root.
"""

from __future__ import annotations

from datetime import UTC, datetime

from rules import companies
from rules.companies.names import Name
from rules.document import prepare
from rules.model import Article
from rules.scan import Scanner
from rules.words import words

FRAMES = ("關於{}的討論", "法人看好{}營收，股價上漲")
MANY = 3  # how often jieba must count a word to be worth a look


def holders() -> list[tuple[str, str]]:
    """Pairs of a dictionary word and the name inside it."""
    names: dict[str, Name] = dict(companies.directory().names)
    found = []
    for word in words().known():
        inside = [
            word[i:j]
            for i in range(len(word))
            for j in range(i + 2, min(len(word), i + 6) + 1)
            if j - i < len(word) and word[i:j] in names
        ]
        if inside and word not in names and words().count(word) >= MANY:
            found.append((word, inside[0]))
    return found


def main() -> None:
    scanner = Scanner({"companies": companies.patterns()})
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    pairs, false = holders(), 0
    for word, name in pairs:
        for frame in FRAMES:
            article = Article("a", "", frame.format(word), "check", moment)
            mentions = companies.find(prepare(article, scanner))
            if mentions:
                false += 1
                print(f"{word}\t{name}\t{mentions[0].company.label}\t{article.text}")
    print(f"{false} false finds in {len(pairs) * len(FRAMES)} sentences")


if __name__ == "__main__":
    main()
