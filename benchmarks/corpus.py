"""Articles and rules for the benchmarks: made from bundled text by fixed dice, the same every time.

Rules are skewed as people's are: most follow one of 200 companies, the first of them far oftener
than the last; keywords have a long tail; a tenth exclude something, a tenth compare a figure.
"""

from __future__ import annotations

import json
import os
import random
import tomllib
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from rules import companies, events
from rules.model import (
    And,
    Article,
    Atom,
    CompanyTerm,
    Comparison,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    SourceTerm,
    Term,
)
from rules.words import words

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, tzinfo=UTC)
POPULAR = 200  # companies that most rules and most sentences are about
OUTLETS = ("晨湖財經", "島嶼證券報", "島嶼生活報", "經濟觀測", "科技週刊", "Harbor Wire")

SENTENCES = (
    "{a}公布上月合併營收{n}億元，年增{p}%，優於市場預期。",
    "{a}董事會通過今年資本支出上看{n}億美元，主要用於先進製程與{w}。",
    "市場傳出{a}將裁員{m}人，公司回應不評論市場傳聞。",
    "{a}宣布將以{n}億美元收購一家{w}新創公司，預計下季完成交割。",
    "外資調升{a}目標價，認為{w}需求仍然強勁，{b}也可望受惠。",
    "受惠於{w}訂單湧入，{a}與{b}產能滿載，供應吃緊到明年第二季。",
    "{a}今日股價下跌{p}%，成交量放大，法人同步賣超{b}。",
    "{a}董事長在法說會上表示，{w}與{v}將是未來三年成長的主要動能。",
    "{a}每股盈餘{p}元，董事會決議配發現金股利{p}元。",
    "主管機關要求{a}在三十天內說明{w}事件，並暫停相關服務。",
    "{a}遭{b}控告侵犯{w}專利，{a}表示將捍衛權益。",
    "分析師指出，{w}與{v}的景氣仍有變數，投資人應審慎評估。",
    "{a} said it would spend ${n} billion on {w}, ahead of {b}.",
    "當地居民說，{w}完工以後{v}方便許多，週末人潮明顯增加。",
    "研究人員發表{w}的新方法，可望縮短{v}所需的時間。",
    "業者表示，{w}價格上個月下跌{p}%，{v}則持平。",
)


def weighted(count: int, power: float = 1.0) -> list[float]:
    """Cumulated weights of Zipf's law: the k-th of ``count`` things is met 1/k^power as often."""
    return list(accumulate(1 / (rank + 1) ** power for rank in range(count)))


@lru_cache(maxsize=1)
def followed() -> Sequence[tuple[str, str]]:
    """Symbol and name of the companies that people follow, the most followed first."""
    known = sorted((company.symbol, company.name) for company in companies.directory())
    random.Random(1).shuffle(known)
    return known[:3_000]


@lru_cache(maxsize=1)
def tail() -> Sequence[str]:
    """Dictionary words of two to four characters, the commonest first, without the very common."""
    book = words()
    found = sorted((-book.count(word), word) for word in book.known() if 2 <= len(word) <= 4)
    return [word for _, word in found[1_500:121_500]]


class Dice:
    """Everything that is drawn, from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._companies = weighted(POPULAR), weighted(len(followed()))
        self._words = weighted(len(tail()))
        self._names = [*events.kinds()]
        self._kinds = weighted(len(self._names), 0.7)

    def company(self) -> tuple[str, str]:
        """Symbol and name; nine of ten times one of the popular companies."""
        weights = self._companies[self.random.random() > 0.9]
        return followed()[self._drawn(weights)]

    def word(self) -> str:
        return tail()[self._drawn(self._words)]

    def kind(self) -> str:
        return self._names[self._drawn(self._kinds)]

    def _drawn(self, weights: Sequence[float]) -> int:
        return bisect(weights, self.random.random() * weights[-1])


def rules(count: int, seed: int = 7) -> Iterator[tuple[int, Term]]:
    """``count`` rules by id, one after the other: none is kept here."""
    dice = Dice(seed)
    for number in range(count):
        yield number, _rule(dice)


def _rule(dice: Dice) -> Term:
    parts = _wanted(dice)
    chance = dice.random.random()
    if chance < 0.1:
        parts.append(Not(_excluded(dice)))
    elif chance < 0.2:
        parts = [part for part in parts if not isinstance(part, EventTerm)]
        parts.append(_measured(dice))
    unique = tuple(dict.fromkeys(parts))
    return unique[0] if len(unique) == 1 else And(unique)


def _wanted(dice: Dice) -> list[Term]:
    """What the article must have, in the shapes that people write."""
    drawn = dice.random.random()
    if drawn < 0.32:
        return [_company(dice)]
    if drawn < 0.50:
        return [_company(dice), EventTerm(dice.kind())]
    if drawn < 0.62:
        return [_company(dice), KeywordTerm(dice.word())]
    if drawn < 0.74:
        return [KeywordTerm(dice.word())]
    if drawn < 0.84:
        return [KeywordTerm(dice.word()), KeywordTerm(dice.word(), exact=True)]
    if drawn < 0.87:
        return [EventTerm(dice.kind())]
    if drawn < 0.95:
        return [_either(dice)] if drawn < 0.92 else [_either(dice), EventTerm(dice.kind())]
    if drawn < 0.97:
        return [_company(dice, about=True)]
    if drawn < 0.98:
        return [_company(dice), SourceTerm(dice.random.choice(OUTLETS)[:2])]
    return [_company(dice), LangTerm("zh"), KeywordTerm(dice.word(), title=True)]


def _company(dice: Dice, *, about: bool = False) -> CompanyTerm:
    return CompanyTerm(dice.company()[0], about)


def _either(dice: Dice) -> Term:
    choice = dict.fromkeys(_company(dice) for _ in range(dice.random.randint(2, 4)))
    return Or(tuple(choice)) if len(choice) > 1 else next(iter(choice))


def _excluded(dice: Dice) -> Atom:
    if dice.random.random() < 0.7:
        return KeywordTerm(dice.word())
    return EventTerm(dice.kind())


def _measured(dice: Dice) -> EventTerm:
    amount = Decimal(dice.random.choice([1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500, 1_000]))
    drawn = dice.random.random()
    if drawn < 0.35:
        sign = dice.random.choice([1, -1])
        op = ">=" if sign > 0 else "<="
        return EventTerm("price_move", Comparison(op, sign * amount / 10, "percent"))
    if drawn < 0.7:
        money = Comparison(">", amount * 100_000_000, "money", dice.random.choice(["USD", "TWD"]))
        return EventTerm(dice.random.choice(["capex", "mna", "revenue"]), money)
    return EventTerm("layoff", Comparison(">=", amount * 100, "people"))


def articles(count: int, seed: int = 11) -> Iterator[Article]:
    """Articles of mixed length, from one line to some 3,000 characters, most of 400 to 1,500."""
    dice = Dice(seed)
    lines = bundled()
    for number in range(count):
        length = int(min(3_000, max(40, dice.random.lognormvariate(6.6, 0.7))))
        yield article(str(number), length, dice, lines)


def article(name: str, length: int, dice: Dice, lines: Sequence[str]) -> Article:
    """An article of about ``length`` characters on two or three companies."""
    cast = [dice.company()[1] for _ in range(dice.random.randint(1, 3))]
    title = _sentence(dice, cast)
    text: list[str] = []
    while sum(map(len, text)) < length:
        own = dice.random.random() < 0.6
        text.append(_sentence(dice, cast) if own else dice.random.choice(lines))
    outlet = dice.random.choice(OUTLETS)
    return Article(name, title, "".join(text)[: length + 40], "bench", NOW, outlet=outlet)


def _sentence(dice: Dice, cast: Sequence[str]) -> str:
    return dice.random.choice(SENTENCES).format(
        a=dice.random.choice(cast),
        b=dice.random.choice(cast),
        n=dice.random.randint(2, 900),
        m=dice.random.randint(2, 300) * 100,
        p=dice.random.randint(1, 200) / 10,
        w=dice.word(),
        v=dice.word(),
    )


@lru_cache(maxsize=1)
def bundled() -> Sequence[str]:
    """Sentences of the demonstration's articles, and of shared texts where there are any."""
    demo = tomllib.loads((ROOT / "bot/demo/articles.toml").read_text("utf-8"))["article"]
    texts = [item["text"] for item in demo]
    shared = os.environ.get("TICKERBELL_SHARED")
    if shared:
        rows = (Path(shared) / "eval/summaries.jsonl").read_text("utf-8").splitlines()
        texts += [json.loads(row)["text"] for row in rows]
    return [line + "。" for text in texts for line in text.replace("\n", "。").split("。") if line]
