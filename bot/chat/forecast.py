"""A preview in words: how many alerts, what would be held back, and a few examples."""

from __future__ import annotations

from bot.chat.articles import linked_outlet
from bot.chat.context import Context
from bot.chat.highlights import excerpt, headline
from bot.chat.preview import Preview, preview
from bot.chat.replies import Filling, Part, Say, listed, say, say_of
from bot.chat.wording import at
from rules.backtest import Trial
from rules.model import And, Not, Outcome, Rule

SAMPLES = 3
_PARTS = 4
_RARE = 0.1  # alerts a day: below, a rate says nothing that the number does not
_OFTEN = 20  # alerts a day that nobody reads
_BROAD = 0.25  # of all articles
_ENOUGH = 100  # articles, before a share of them says anything
HELD = (Outcome.SAME_STORY, Outcome.PROMOTION, Outcome.PASSING, Outcome.MUTED)


def in_short(seen: Preview) -> Say:
    """How many alerts it would have been, in one sentence."""
    if not seen.stored:
        return say("preview.nothing")
    if not seen.days:
        if not seen.trials:
            return say("preview.none_young", stored=seen.stored)
        return say("preview.young", stored=seen.stored, count=seen.sent)
    if not seen.trials:
        return say("preview.none", days=seen.days)
    sent, rate = seen.sent, _rate(seen)
    if not seen.exact:
        return say("preview.sent_about", days=seen.days, count=sent, rate=rate)
    return say("preview.sent", days=seen.days, count=sent, rate=rate)


def _rate(seen: Preview) -> Filling:
    rate = seen.sent / seen.days
    if rate < _RARE or seen.days < 2:
        return ""
    return say("preview.rate", rate=f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}")


def in_full(context: Context, rule: Rule, seen: Preview) -> list[Part]:
    """The same, with what matched and would not be sent, warnings, and examples."""
    parts: list[Part] = [in_short(seen), *_difference(seen), *broad(seen)]
    if not seen.trials:
        return [*parts, *_apart(context, rule, seen)]
    return [*parts, *_samples(context, seen)]


def _difference(seen: Preview) -> list[Part]:
    """What of the matches would not be sent; nothing where all would."""
    held = [(outcome.value, seen.count(outcome)) for outcome in HELD]
    reasons = [say_of("preview", name, count=count) for name, count in held if count]
    matched, why = seen.matched, listed(reasons)
    if seen.exact:
        return [say("preview.matched", matched=matched, reasons=why)] if reasons else []
    parts: list[Part] = [say("preview.estimated", tried=seen.tried)]
    return (
        [say("preview.matched_about", matched=matched, reasons=why), *parts] if reasons else parts
    )


def broad(seen: Preview) -> list[Part]:
    """A warning about a rule that nearly everything matches, or that sends more than one reads."""
    if seen.stored >= _ENOUGH and seen.share >= _BROAD:
        return [say("preview.broad", share=round(seen.share * 100))]
    if seen.days and seen.sent / seen.days >= _OFTEN:
        return [say("preview.often", rate=round(seen.sent / seen.days))]
    return []


def _apart(context: Context, rule: Rule, seen: Preview) -> list[Part]:
    """How often each part of a rule held that never held as a whole."""
    if not seen.stored or not isinstance(rule.term, And):
        return [say("preview.may_come")] if seen.stored else []
    wanted = [part for part in rule.term.parts if not isinstance(part, Not)][:_PARTS]
    counts = [
        say(
            "preview.part",
            part=context.engine.name(part, rule.typed, context.chat.lang),
            count=preview(context, part).matched,
        )
        for part in wanted
    ]
    return [say("preview.parts", parts=listed(counts))] if len(counts) > 1 else []


def _samples(context: Context, seen: Preview) -> list[Part]:
    """The latest that would have been sent; where none would, the latest with what held it."""
    sent = [trial for trial in seen.trials if trial.outcome is Outcome.PUSH]
    parts: list[Part] = [None, say("preview.samples" if sent else "preview.samples_held")]
    for number, trial in enumerate(reversed((sent or seen.trials)[-SAMPLES:]), 1):
        parts += _sample(context, number, trial)
    return parts


def _sample(context: Context, number: int, trial: Trial) -> list[Part]:
    article = trial.past.article
    spans = [span for found in trial.evidence.values() for span in found]
    when = at(article.at, context.now, context.chat.zone)
    parts: list[Part] = [say("preview.item", number=number, headline=headline(article, spans))]
    if around := excerpt(article, trial.evidence):
        parts += [say("preview.excerpt", excerpt=around)]
    origin = say("preview.origin", outlet=linked_outlet(article), time=when)
    if trial.outcome is Outcome.PUSH:
        return [*parts, origin]
    return [*parts, say("preview.held", origin=origin, reason=_reason(trial))]


def _reason(trial: Trial) -> Say:
    if trial.outcome is Outcome.MUTED:
        return say("outcome.muted_by", detail=trial.past.muted)
    return say_of("outcome", trial.outcome.value)
