"""Guards groups against adverts:

Posted ─► suspect? ─► its author trusted? ─► deleted, where the group wants that ─► said
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping

import structlog

from bot.chat.handlers.guard import DELETE
from bot.chat.watch import Said, Suspect, Watch
from bot.messages import Later, Posted, Sent
from bot.ports import Channel, Moderator, Run

log = structlog.get_logger(__name__)

_ALBUMS = 100  # the latest whose pictures are taken away as they come
_TRIES = 3
_PATIENCE = 5.0  # seconds; a warning that comes later is of no use


class Guard:
    """Looks at each message of a guarded group. One chat's messages come one after another."""

    def __init__(
        self,
        run: Run,
        watch: Watch,
        channels: Mapping[str, Channel],
        moderators: Mapping[str, Moderator],
    ) -> None:
        self._run = run
        self._watch = watch
        self._channels = channels
        self._moderators = moderators
        self._albums: deque[tuple[str, str, str]] = deque(maxlen=_ALBUMS)

    async def sees_off(self, post: Posted) -> bool:
        """Deal with the message if it is an advert; whether it is gone.

        Who looks after the group may write what they like, and so may all where the network does
        not say who that is.
        """
        network = self._moderators.get(post.platform)
        if network is None or post.is_official:
            return False
        album = (post.platform, post.address, post.album)
        if post.album and album in self._albums:
            return await network.delete(post.address, post.message)
        suspect = await self._run(lambda: self._watch.suspect(post)) if post.text else None
        if suspect is None or await network.is_trusted(post.address, post.user) is not False:
            return False
        gone = suspect.guard.mode == DELETE and await network.delete(post.address, post.message)
        if gone and post.album:
            self._albums.append(album)
        said = await self._run(lambda: self._watch.settle(post, suspect, gone=gone))
        log.info("guard.found", mode=suspect.guard.mode, chat=suspect.guard.chat, gone=gone)
        if said is not None and not await self._may_say(network, post, said):
            await self._say_instead(post, suspect)
        return gone

    async def _may_say(self, network: Moderator, post: Posted, said: Said) -> bool:
        """Say it; False where it was for an admin who is none any more or can't be written to."""
        if said.private and await network.is_trusted(post.address, said.private) is not True:
            return False
        return await self._say(post, said) or not said.private

    async def _say_instead(self, post: Posted, suspect: Suspect) -> None:
        """The admin can't be written to: the group is told now and then."""
        said = await self._run(lambda: self._watch.daily(post, suspect))
        if said is not None:
            await self._say(post, said)

    async def _say(self, post: Posted, said: Said) -> bool:
        """Send it; whether it was. What waits too long is dropped."""
        address, channel = said.private or post.address, self._channels[post.platform]
        for _ in range(_TRIES):
            answer = await channel.send(address, said.message, "")
            if not isinstance(answer, Later) or answer.seconds > _PATIENCE:
                break
            await asyncio.sleep(answer.seconds)
        if not isinstance(answer, Sent):
            log.info("guard.not_said", chat=address, answer=repr(answer))
            return False
        if said.case:
            number = answer.provider_id
            await self._run(lambda: self._watch.said(said.case, number))
        return True
