"""What is learned of a message that is no article: its features, and never its words."""

from __future__ import annotations

from collections.abc import Collection

from bot.chat.context import Context
from bot.chat.handlers.check import article_of, says_little
from bot.chat.replies import Choice, Reply, reply, say, say_of
from bot.verdicts import folded_text, item_of
from rules.promotion import feedback
from storage.feedback import ADVERT, HONEST

LABELS = {ADVERT: feedback.ADVERT, HONEST: feedback.HONEST}


def judge_text(context: Context, text: str, word: str) -> Reply:
    """Learn that what somebody wrote is an advert or none. Its words are not kept."""
    if not context.may_teach:
        return reply(say("judge.text_admins"))
    if says_little(text):
        return reply(say("judge.text_short"))
    article, label = article_of(text, context.now), LABELS[word]
    promotion = context.reader.read(article).promotion
    item = item_of(article)
    if not feedback.teaches(promotion, label):
        context.store.lessons.forget(context.whole(), item, most=feedback.policy().lessons)
        return reply(say_of("judge", f"text_{word}"))
    found = feedback.features(folded_text(article), promotion)
    learn_text(context, item, label, found)
    undo = Choice(say("button.undo"), "unlearn", {"item": item})
    return reply(say_of("judge", f"text_{word}_learned"), choices=[[undo]])


def learn_text(context: Context, item: str, label: str, found: Collection[int]) -> None:
    """Learn from a text's features for the whole chat. For other chats it counts nothing: what

    people write to each other stays among them.
    """
    context.store.lessons.learn(
        context.whole(),
        item,
        label,
        found,
        points=0,
        most=feedback.policy().lessons,
        user=context.user,
        now=context.now,
    )


def unlearn(context: Context, item: str) -> Reply:
    """Forget what was learned of a text; every score is what it was before."""
    context.store.lessons.forget(context.whole(), item, most=feedback.policy().lessons)
    return reply(say("button.undone"))
