"""/why: everything that was understood of an article and decided about it for this chat."""

from __future__ import annotations

import re

from bot.chat.articles import companies, events, headline, outlet, signals
from bot.chat.context import Context
from bot.chat.handlers.held import outcome
from bot.chat.replies import Part, Reply, Say, listed, reply, say, say_of, short
from bot.chat.wording import at
from rules.model import Promotion, Reading, Salience
from storage.rows import StoredArticle, StoredRule, Verdict

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+/\S+", re.ASCII)  # copied without its https://
_AFTER_LINK = "。，、！？；：）」』】》)]>\"'.,!?;:"  # a sentence's, not the link's
_WORDS = 5  # different words shown for a rule


def why(context: Context, argument: str) -> Reply:
    """The trace of the article under a link, or behind the alert that is answered."""
    if not argument:
        return _answered(context)
    link = link_in(argument) or argument
    stored = _behind(context, link) or _behind(context, link.rstrip(_AFTER_LINK))
    return trace(context, stored) if stored else reply(say("why.unknown", link=short(link, 200)))


def link_in(text: str) -> str:
    """The first link in ``text`` with its scheme; empty where there is none."""
    if found := _LINK.search(text):
        return found[0]
    bare = _ADDRESS.fullmatch(text.strip())
    return f"https://{bare[0]}" if bare else ""


def _behind(context: Context, link: str) -> StoredArticle | None:
    articles = map(context.store.articles.by_key, context.link_keys(link))
    return next(filter(None, articles), None)


def _answered(context: Context) -> Reply:
    if not context.reply_to:
        return reply(say("why.ask"))
    stored = context.answered()
    return trace(context, stored) if stored else reply(say("why.not_alert"))


def trace(context: Context, stored: StoredArticle) -> Reply:
    """What was read in the article, and what was decided about it for this chat."""
    article, reading = stored.article, stored.reading
    fetched = at(article.fetched_at, context.now, context.chat.zone)
    verdict = context.store.decisions.of(context.chat.id, stored.id)
    return reply(
        say("why.headline", headline=headline(stored)),
        say("why.fetched", outlet=outlet(stored), time=fetched),
        *_companies(reading),
        _events(reading),
        _promotion(reading.promotion, context.chat.lang),
        _story(context, stored),
        *(_decided(context, verdict) if verdict else [say("why.none")]),
    )


def _companies(reading: Reading) -> list[Part]:
    main = [m for m in reading.mentions if m.about or m.salience is not Salience.PASSING]
    passing = [m for m in reading.mentions if m not in main]
    if not reading.mentions:
        return [say("why.no_company")]
    parts: list[Part] = [say("why.companies", companies=companies(main))] if main else []
    return [*parts, say("why.passing", companies=companies(passing))] if passing else parts


def _events(reading: Reading) -> Say:
    found = events(reading)
    return say("why.events", events=found) if found.items else say("why.no_event")


def _promotion(promotion: Promotion, lang: str) -> Say:
    score = round(promotion.score * 100)
    if promotion.flagged:
        return say("why.promotion", score=score, signals=signals(promotion, lang, limit=20))
    return say("why.clean", score=score)


def _story(context: Context, stored: StoredArticle) -> Say:
    """The other outlets that told the same story, each once."""
    told = context.store.stories.articles(stored.story)
    others = dict.fromkeys(outlet(other) for other in told if other.id != stored.id)
    return say("why.story", outlets=listed(others)) if others else say("why.story_alone")


def _decided(context: Context, verdict: Verdict) -> list[Part]:
    parts: list[Part] = [_rule(rule, verdict) for rule in verdict.rules]
    parts += [say("why.outcome", outcome=outcome(verdict))]
    if verdict.sent_at:
        return [*parts, say("why.sent", time=at(verdict.sent_at, context.now, context.chat.zone))]
    state = verdict.outbox_state
    return [*parts, say("why.state", state=say_of("outbox", state))] if state else parts


def _rule(rule: StoredRule, verdict: Verdict) -> Say:
    """The rule with the words of the article that it held on, the same words once."""
    held = (spans for atom, spans in verdict.evidence.items() if _has(rule.canonical, atom))
    words = list(dict.fromkeys(span.text for spans in held for span in sorted(spans)))[:_WORDS]
    if not words:
        return say("why.rule_alone", rule=rule.typed)
    quoted = listed(say("why.words", words=word) for word in words)
    return say("why.rule", rule=rule.typed, words=quoted)


def _has(canonical: str, atom: str) -> bool:
    """Whether the rule holds this atom: the evidence of all rules that held is kept together."""
    return re.search(rf"(?<![^\s(-]){re.escape(atom)}(?![^\s)])", canonical) is not None
