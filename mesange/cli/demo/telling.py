"""Tells the story to an empty server, through the actions that people use, with a clock that walks through it."""

import asyncio
import random
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile

from mesange.cli.demo.cast import CAST, HOST, HOUSES, Person
from mesange.cli.demo.pictures import PICTURES, drawn, face_of
from mesange.cli.demo.story import STORY, Line
from mesange.core.accounts.actions.accounts import ProfileChange, create_account
from mesange.core.accounts.actions.users import SignUp, create_user
from mesange.core.accounts.model import UserRole, Viewer
from mesange.core.discovery.actions import rank_trends, review_trend
from mesange.core.discovery.model import Review, TrendKind
from mesange.core.discovery.queries import list_reviewable
from mesange.core.follows.actions.follows import FollowOptions, follow_account
from mesange.core.media.actions.portraits import change_profile_and_portraits
from mesange.core.media.actions.processing import settle_media
from mesange.core.media.actions.uploads import upload_media
from mesange.core.media.model import MediaWords
from mesange.core.statuses.actions.marks import favourite_status, reblog_status
from mesange.core.statuses.actions.polls import vote
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, PollDraft, Status
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Role
from mesange.kit.clock import HOUR, MINUTE, SECOND
from mesange.kit.consumers import ConsumerRunner
from mesange.kit.images import ImageKind
from mesange.kit.secrets import new_secret
from mesange.kit.server import Server
from mesange.main import CONSUMERS

ARRIVAL = 240
"""Hours ago when the town came onto the network."""
POLL_SECONDS = 11 * 86_400
DRAWING_SECONDS = 30.0
DOMAIN = "saint-elvec.example"
BRANDS_OF_THE_HOST = (HOUSES[2], HOUSES[3])


class StoryClock:
    """Never goes back, so that ids keep the order of the story."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        return self._now

    def reach(self, moment: int) -> None:
        self._now = max(self._now, moment)


@dataclass
class Telling:
    server: Server
    clock: StoryClock
    ends_at: int
    password: str
    chance: random.Random = field(default_factory=lambda: random.Random(140))  # noqa: S311 - who likes what is no secret
    viewers: dict[str, Viewer] = field(default_factory=dict[str, Viewer])
    keyed: dict[str, Status] = field(default_factory=dict[str, Status])

    def __post_init__(self) -> None:
        server = self.server
        self._runners = [ConsumerRunner(server, server.db, server.eventlog, consumer) for consumer in CONSUMERS]

    async def tell(self) -> None:
        self.clock.reach(self.ends_at - ARRIVAL * HOUR)
        await self._welcome_people()
        await self._welcome_houses()
        for person in CAST:
            await self._introduce(person)
        await self._make_friends()
        for line in STORY:
            await self._say(line)
            await self._let_everyone_hear()
        self.clock.reach(self.ends_at)
        await self._let_everyone_hear()
        await self._approve_trends()

    async def _approve_trends(self) -> None:
        """The host looked at what the town speaks of, and shows it to visitors."""
        await rank_trends(self.server)
        for kind in TrendKind:
            for trend in await list_reviewable(self.server, kind, Review.PENDING):
                await review_trend(self.server, self.viewers[HOST.handle], trend.id, Review.APPROVED)

    async def _let_everyone_hear(self) -> None:
        """Notifications come when they came in the story."""
        for runner in self._runners:
            while await runner.step():
                pass

    async def _welcome_people(self) -> None:
        """The host owns the demonstration; nobody can sign in as the others."""
        for person in CAST:
            if not person.house:
                password = self.password if person is HOST else new_secret()
                role = UserRole.OWNER if person is HOST else UserRole.USER
                given = SignUp(person.handle, f"{person.handle}@{DOMAIN}", password, person.language)
                user, account = await create_user(self.server, given, role)
                self.viewers[person.handle] = Viewer(account_id=account.id, user_id=user.id, role=role)

    async def _welcome_houses(self) -> None:
        """The host writes for two of them, a neighbour owns the others and is the host's colleague."""
        host, neighbour = self.viewers[HOST.handle], self.viewers["nolwenn"]
        for name in HOUSES:
            owner, colleague = (host, neighbour) if name in BRANDS_OF_THE_HOST else (neighbour, None)
            house = await create_organization(self.server, name, owner.user_id)
            if colleague:
                await add_member(self.server, house.id, colleague.user_id, Role.CONTRIBUTOR)
            for person in CAST:
                if person.house == name:
                    async with self.server.db.transaction() as tx:
                        account = await create_account(
                            self.server, tx, person.handle, organization_id=house.id, by_staff=True
                        )
                    self.viewers[person.handle] = Viewer(account_id=account.id, user_id=owner.user_id)

    async def _introduce(self, person: Person) -> None:
        profile = ProfileChange(
            display_name=person.name,
            note=person.bio,
            fields=list(person.fields),
            is_bot=person.is_bot,
            default_language=person.language,
        )
        face = {ImageKind.AVATAR: face_of(person)}
        await change_profile_and_portraits(self.server, self.viewers[person.handle], profile, face)

    async def _make_friends(self) -> None:
        """The host follows everyone; each follows the houses and half of the people."""
        for handle, viewer in self.viewers.items():
            self.clock.reach(self.clock.now() + MINUTE)
            wanted = [
                self.viewers[person.handle].account_id
                for person in CAST
                if person.handle != handle
                and (handle == HOST.handle or bool(person.house) or self.chance.random() < 0.5)
            ]
            await asyncio.gather(*(follow_account(self.server, viewer, id, FollowOptions()) for id in wanted))

    async def _say(self, line: Line) -> None:
        self.clock.reach(self.ends_at - round(line.ago * HOUR))
        answered = self.keyed.get(line.to)
        draft = Draft(
            line.text,
            spoiler_text=line.warning,
            visibility=line.visibility,
            in_reply_to_id=answered.id if answered else None,
            media_ids=await self._uploaded(line) if line.picture else (),
            poll=PollDraft(line.poll, POLL_SECONDS) if line.poll else None,
        )
        status = await publish_status(self.server, self.viewers[line.who], draft)
        if line.key:
            self.keyed[line.key] = status
        await self._react(line, status)

    async def _uploaded(self, line: Line) -> tuple[int]:
        picture = PICTURES[line.picture]
        with NamedTemporaryFile(dir=self.server.settings.data, suffix=".part", delete=False) as file:
            file.write(drawn(line.picture))
        words = MediaWords(picture.words, picture.focus)
        media = await upload_media(self.server, self.viewers[line.who], Path(file.name), words)
        await settle_media(self.server, [media.id], DRAWING_SECONDS)
        return (media.id,)

    async def _react(self, line: Line, status: Status) -> None:
        others = [viewer for handle, viewer in self.viewers.items() if handle != line.who]
        fond = self.chance.sample(others, min(line.loved, len(others)))
        eager = self.chance.sample(others, min(line.boosted, len(others)))
        voters = self.chance.sample(others, len(others) // 2) if line.poll else []
        self._a_moment()
        await asyncio.gather(
            *(favourite_status(self.server, viewer, status.id) for viewer in fond),
            *(vote(self.server, each, status.id, [self.chance.randrange(len(line.poll))]) for each in voters),
        )
        self._a_moment()
        await asyncio.gather(*(reblog_status(self.server, viewer, status.id) for viewer in eager))

    def _a_moment(self) -> None:
        self.clock.reach(min(self.clock.now() + self.chance.randrange(SECOND, 5 * MINUTE), self.ends_at))
