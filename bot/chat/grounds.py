"""Which of a chat's rules an article matched and on which words, and which it just missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.chat.context import Context
from bot.chat.replies import Filling, Part, Say, listed, say, say_of, short
from bot.chat.wording import at
from rules.document import folded_only
from rules.evaluate import Evaluator
from rules.language import RuleError
from rules.model import Part as SpanPart
from rules.model import Rule, Span
from rules.shortfall import NearMiss, near_miss
from storage.rows import StoredArticle, StoredRule, Verdict

_WORDS = 3  # different words shown for a part of a rule
_LONGEST = 40  # characters of one


def matched(context: Context, verdict: Verdict) -> list[Part]:
    """Each rule that held, with the words that each of its parts held on."""
    return [_rule(context, rule, verdict.by_rule.get(rule.id, {})) for rule in verdict.rules]


def missed(context: Context, stored: StoredArticle, verdict: Verdict | None) -> list[Part]:
    """The chat's other rules that the article just missed, and those that would hold by now."""
    document = folded_only(stored.article, stored.reading.lang)
    evaluator = Evaluator(document, stored.reading)
    held = {rule.id for rule in verdict.rules} if verdict else set()
    others = [r for r in context.store.rules.of_chat(context.chat.id) if r.id not in held]
    parts = (_other(context, rule, evaluator) for rule in others)
    return [part for part in parts if part is not None]


def _rule(context: Context, rule: StoredRule, evidence: Mapping[str, Sequence[Span]]) -> Say:
    told = {key: spans for key, spans in evidence.items() if spans}
    if not told:
        return say("why.rule_alone", rule=rule.typed)
    if len(told) == 1:
        return say("why.rule", rule=rule.typed, words=listed(_quoted(*told.values())))
    parts = (_part(context, rule, key, spans) for key, spans in told.items())
    return say("why.rule", rule=rule.typed, words=listed(parts, "semicolon"))


def _part(context: Context, rule: StoredRule, key: str, spans: Sequence[Span]) -> Say:
    name = key
    term = _understood(context, key)
    if term is not None:
        name = context.engine.name(term.term, rule.typed, context.chat.lang)
    return say("why.part", part=name, words=listed(_quoted(spans)))


def _quoted(spans: Sequence[Span]) -> Iterator[Filling]:
    """The words, each once, those of the headline first."""
    ordered = sorted(spans, key=lambda span: (span.part is not SpanPart.TITLE, span))
    for text in list(dict.fromkeys(span.text for span in ordered))[:_WORDS]:
        yield say("why.words", words=short(text, _LONGEST))


def _other(context: Context, rule: StoredRule, evaluator: Evaluator) -> Say | None:
    meant = _understood(context, rule.canonical)
    if meant is None:
        return say("why.unreadable", rule=rule.typed)
    if evaluator.holds(meant.term) is not None:
        added = at(rule.created_at, context.now, context.chat.zone)
        return say("why.by_now", rule=rule.typed, time=added)
    miss = near_miss(meant.term, evaluator)
    return _near(context, rule, miss) if miss else None


def _near(context: Context, rule: StoredRule, miss: NearMiss) -> Say:
    lang, typed = context.chat.lang, rule.typed
    lack = say_of("lack", miss.lack.value, part=context.engine.name(miss.part, typed, lang))
    if not miss.held:
        return say("why.near_alone", rule=typed, lack=lack)
    held = listed(context.engine.name(part, typed, lang) for part in miss.held)
    return say("why.near", rule=typed, held=held, lack=lack)


def _understood(context: Context, canonical: str) -> Rule | None:
    try:
        return context.engine.parse(canonical)
    except RuleError:
        return None
