"""/spam and /ham: what people say of an article, what is learned from it, and how it is undone."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.handlers.guard import corrected
from bot.chat.handlers.teaching import LABELS, judge_text
from bot.chat.links import behind
from bot.chat.offers import offer_of
from bot.chat.replies import Choice, Part, Reply, reply, say, say_of
from bot.reputations import to_offer
from bot.verdicts import folded_text
from rules.origins import origins
from rules.promotion import feedback
from storage.feedback import ADVERT, HIDDEN, HONEST
from storage.rows import StoredArticle

WITHDRAWN = "withdrawn"
_SAYS = "says_"  # before the word of somebody who may not decide for the chat


def mark(context: Context, argument: str, word: str) -> Reply:
    """Say ``word`` of the article under a link, or behind the alert that is answered."""
    stored = behind(context, argument) if argument else context.answered()
    if stored is None and context.reply_to and not argument:
        case = context.store.guards.by_message(context.whole(), context.reply_to)
        if case is not None:
            return corrected(context, case, word)
        if context.quoted and not context.quotes_us:
            return judge_text(context, context.quoted, word)
    if stored is None:
        key = "unknown_link" if argument else "unknown" if context.reply_to else "ask"
        return reply(say_of("judge", key))
    return judge(context, stored, word)


def ham(context: Context, argument: str) -> Reply:
    """The article is no advert."""
    return mark(context, argument, HONEST)


def judge(context: Context, stored: StoredArticle, word: str) -> Reply:
    """Keep the word, learn from it where it teaches something, and say what follows from it."""
    record, chat = context.store.feedback.record, context.chat.id
    args = {"article": str(stored.id)}
    undo = Choice(say("button.undo"), "withdraw", args)
    if not context.may_teach:
        record(chat, stored.id, _SAYS + word, context.user, context.now)
        return reply(say("judge.said"), choices=[[undo]])
    if context.store.feedback.word(chat, stored.id) == word:
        return reply(say_of("judge", f"already_{word}"), choices=[[undo]])
    record(chat, stored.id, word, context.user, context.now)
    taught = learn(context, stored)
    parts: list[Part] = [say_of("judge", f"{word}_learned" if taught else word)]
    if taught and points_of(context, str(stored.id)):
        parts.append(say("judge.shared"))
    choices = [[undo]]
    if word != HIDDEN:
        choices[0].append(Choice(say("judge.hide"), "judge", args | {"word": HIDDEN}))
    if word == ADVERT:
        found = origins(stored.article, stored.reading.promotion)
        if standing := to_offer(context.store, chat, found, context.now):
            line, button = offer_of(standing.payload)
            return reply(*parts, None, line, choices=[*choices, [button]])
    return reply(*parts, choices=choices)


def withdraw(context: Context, stored: StoredArticle) -> Reply:
    """Take back what this person said; what was learned from it is forgotten."""
    context.store.feedback.record(context.chat.id, stored.id, WITHDRAWN, context.user, context.now)
    learn(context, stored)
    return reply(say("button.undone"))


def learn(context: Context, stored: StoredArticle) -> bool:
    """Bring the chat's lesson on the article in step with its word; whether there is one now.

    What the detector is sure of by itself is no lesson: filters that train on their errors alone
    stay sharper and are harder to flood.
    """
    lessons, chat, item = context.store.lessons, context.chat.id, str(stored.id)
    most, promotion = feedback.policy().lessons, stored.reading.promotion
    label = LABELS.get(context.store.feedback.word(chat, stored.id), "")
    if not label or not feedback.teaches(promotion, label):
        lessons.forget(chat, item, most=most)
        return False
    known = lessons.get(chat, item)
    if known is None or known.label != label:
        lessons.learn(
            chat,
            item,
            label,
            feedback.features(folded_text(stored.article), promotion),
            points=points_of(context, item),
            most=most,
            user=context.user,
            now=context.now,
            article=stored.id,
        )
    return True


def points_of(context: Context, item: str) -> int:
    """What a lesson of this person counts for all chats: nothing beyond an admin's share."""
    shared = feedback.policy().shared
    points = shared[context.trust]
    if context.trust == "admin":
        spent = context.store.lessons.shared_points(context.chat.id, but=item)
        return points if spent < shared["admin_lessons"] * points else 0
    return points
