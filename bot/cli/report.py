"""What a visit brought, in sentences: what matched, what was held back, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.cli.articles import sentence
from bot.deciding import Decided
from bot.pipeline import Report, summary_counts
from bot.ports import Note
from bot.texts import Texts
from rules.model import Outcome, Promotion
from rules.promotion import records
from storage.rows import StoredArticle

_SIGNALS = 5  # that are told of an advert

Load = Callable[[int], StoredArticle | None]


def lines(reports: Sequence[Report], say: Texts, load: Load) -> Iterator[str]:
    """Every line of the report over all sources, the totals last."""
    for report in reports:
        yield from _source(report, say, load)
    yield say.say("cli.total", **summary_counts(reports))


def _source(report: Report, say: Texts, load: Load) -> Iterator[str]:
    if report.error:
        why = sentence(report.error, say.lang)
        yield say.say("cli.failed", name=report.source, why=why)
        return
    yield say.say("cli.visited", name=report.source, seen=report.seen, new=report.new)
    for note in report.skipped:
        why = sentence(note, say.lang) if isinstance(note, Note) else note
        yield say.say("cli.skipped", why=why)
    if report.unread:
        yield say.say("cli.unread", count=report.unread)
    for decided in report.decided:
        yield decision(decided, say)
    for number in report.flagged:
        if article := load(number):
            yield from _flagged(article, say)


def decision(decided: Decided, say: Texts) -> str:
    """One decision: the headline and the rules, or the reason why it was held back."""
    if decided.outcome is Outcome.PUSH:
        rules = "; ".join(decided.rules)
        return say.say("cli.pushed", title=decided.title, rules=rules)
    return say.say("cli.held", title=decided.title, reason=reason(decided, say))


def reason(decided: Decided, say: Texts) -> str:
    """Why an article was held back, in words."""
    if decided.outcome is Outcome.MUTED:
        return say.say("outcome.muted_by", detail=decided.detail)
    words = say.say(f"outcome.{decided.outcome.value}")
    if decided.outcome is Outcome.SAME_STORY:
        return say.say("cli.same_story", reason=words, title=decided.detail)
    return words


def signals(promotion: Promotion, lang: str) -> str:
    """What speaks for an advert, the heaviest first, each with the words that were seen."""
    described = {record.name: record.description(lang) for record in records()}
    return "; ".join(f"{described[s.name]}「{s.evidence[0]}」" for s in promotion.fired[:_SIGNALS])


def _flagged(article: StoredArticle, say: Texts) -> Iterator[str]:
    promotion = article.reading.promotion
    it = article.article
    yield say.say("cli.flagged", title=it.title or it.text[:60])
    yield say.say("cli.signals", signals=signals(promotion, say.lang))
    if promotion.touted:
        yield say.say("cli.touted", tickers=", ".join(promotion.touted))
    if promotion.contacts:
        yield say.say("cli.contacts", contacts=", ".join(promotion.contacts))
