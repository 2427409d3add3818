"""The only file that knows everyone: builds the Server, mounts the edges, starts consumers and jobs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from mesange.core.accounts import consumers as accounts
from mesange.core.accounts.jobs import JOBS as ACCOUNT_JOBS
from mesange.core.announcements import consumers as announcements
from mesange.core.announcements.jobs import JOBS as ANNOUNCEMENT_JOBS
from mesange.core.archives.consumers import CONSUMER as REMOVALS
from mesange.core.archives.jobs import JOBS as ARCHIVE_JOBS
from mesange.core.cards.consumers import CONSUMER as CARDS
from mesange.core.cards.jobs import JOBS as CARD_JOBS
from mesange.core.conversations import consumers as conversations
from mesange.core.discovery.consumers import CONSUMER as TRENDS
from mesange.core.discovery.jobs import JOBS as DISCOVERY_JOBS
from mesange.core.emojis import consumers as emojis
from mesange.core.filters import consumers as filters
from mesange.core.filters.jobs import JOBS as FILTER_JOBS
from mesange.core.follows import consumers as follows
from mesange.core.follows.jobs import JOBS as FOLLOW_JOBS
from mesange.core.lists import consumers as lists
from mesange.core.media.jobs import JOBS as MEDIA_JOBS
from mesange.core.moderation import consumers as moderation
from mesange.core.moderation.jobs import JOBS as MODERATION_JOBS
from mesange.core.notifications.consumers import CONSUMER as NOTIFICATIONS
from mesange.core.notifications.jobs import JOBS as NOTIFICATION_JOBS
from mesange.core.push import consumers as push
from mesange.core.search.consumers import CONSUMER as SEARCH
from mesange.core.search.jobs import JOBS as SEARCH_JOBS
from mesange.core.statuses import consumers as statuses
from mesange.core.statuses.jobs import JOBS as STATUS_JOBS
from mesange.core.timelines import consumers as timelines
from mesange.core.upkeep import consumers as upkeep
from mesange.core.upkeep.actions.settings import apply_settings
from mesange.core.upkeep.jobs import JOBS as UPKEEP_JOBS
from mesange.edges.discovery import routes as discovery
from mesange.edges.feeds import routes as feeds
from mesange.edges.mastodon import consumers as mastodon
from mesange.edges.mastodon import routes as mastodon_routes
from mesange.edges.mastodon.pushing import JOBS as PUSH_JOBS
from mesange.edges.operations import routes as operations
from mesange.edges.pages import consumers as pages
from mesange.edges.pages.routes import routes as page_routes
from mesange.events import EVENTS
from mesange.front.errors import error_page
from mesange.front.kept import ready_page
from mesange.kit.backup import MadeAgain
from mesange.kit.clock import Clock, SystemClock
from mesange.kit.consumers import Consumer, ConsumerRunner
from mesange.kit.db import open_database
from mesange.kit.db.migrate import read_migrations
from mesange.kit.errors import Unavailable
from mesange.kit.eventlog import EventLog
from mesange.kit.http import open_http
from mesange.kit.ids import Ids
from mesange.kit.jobs import Job, run_job
from mesange.kit.live import Live
from mesange.kit.logging import log
from mesange.kit.mail import open_mail
from mesange.kit.media import open_media
from mesange.kit.metrics import Requests
from mesange.kit.progress import Progress
from mesange.kit.remote import NoRemote
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.kit.web.app import App, Writer
from mesange.kit.web.request import Receive, Scope, Send
from mesange.kit.web.response import Response
from mesange.kit.web.router import ErrorPage, Router
from mesange.workspace.organizations import api as organizations
from mesange.workspace.publishing import consumers as publishing
from mesange.workspace.publishing.api import routes as publishing_api
from mesange.workspace.publishing.jobs import JOBS as PUBLISHING_JOBS
from mesange.workspace.publishing.pages.relay_routes import routes as relay_routes
from mesange.workspace.publishing.pages.routes import routes as publishing_routes

CONSUMERS: tuple[Consumer, ...] = (
    *(accounts.CONSUMER, NOTIFICATIONS, SEARCH, CARDS, lists.CONSUMER),
    *(conversations.CONSUMER, push.CONSUMER, TRENDS, filters.CONSUMER, REMOVALS),
    publishing.CONSUMER,
)
# Consumers whose tables no backup holds: a restoration fills them again from the log.
INDEXES: tuple[Consumer, ...] = (SEARCH,)
# Lower rooms first: each may rely on what the ones before it forgot.
LISTENERS = (
    *(upkeep, accounts, follows, emojis, lists, statuses, filters, timelines, conversations),
    *(announcements, push, moderation, mastodon, pages, publishing),
)
JOBS: tuple[Job, ...] = (
    *ACCOUNT_JOBS,
    *FOLLOW_JOBS,
    *MEDIA_JOBS,
    *STATUS_JOBS,
    *NOTIFICATION_JOBS,
    *SEARCH_JOBS,
    *CARD_JOBS,
    *PUSH_JOBS,
    *DISCOVERY_JOBS,
    *MODERATION_JOBS,
    *ARCHIVE_JOBS,
    *FILTER_JOBS,
    *ANNOUNCEMENT_JOBS,
    *UPKEEP_JOBS,
    *PUBLISHING_JOBS,
)
API = ("/api/", "/oauth/", "/.well-known/", "/nodeinfo")
# Lists that are paged by their rows' own ids: what is added later must stand above.
WITH_IDS = (
    *("accounts", "statuses", "notifications", "favourites", "bookmarks", "pins", "follows", "blocks", "mutes"),
    *("list_members", "hashtag_follows", "media_attachments", "scheduled_statuses", "drafts"),
    *("publications", "publication_revisions", "publication_comments", "publication_series"),
    *("reports", "strikes", "account_domain_blocks"),
)
CATCH_UP_SECONDS = 1.0
MAIL_SECONDS = 2.0


@asynccontextmanager
async def open_server(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Server]:
    """A Server on an open database, without edges, consumers or jobs: what commands and tests need."""
    clock = clock or SystemClock()
    db = open_database(settings)
    await db.open()
    eventlog = EventLog(db, EVENTS)
    ids = Ids(clock, settings.node)
    mail, http, media = open_mail(settings, db, clock, ids), open_http(settings), open_media(settings)
    server = Server(settings, db, eventlog, Live(), clock, ids, NoRemote(), mail, http, media)
    server.of(MadeAgain).tables = tuple(table for index in INDEXES for table in index.projection)
    for room in LISTENERS:
        eventlog.listen(server, room.LISTENERS)
    try:
        yield server
    finally:
        await db.close()


async def start(server: Server) -> None:
    """Read where the log stands, what staff changed of the settings, and the newest id, so that none comes again."""
    await server.eventlog.start()
    await apply_settings(server)
    server.of(Progress).newest_migration = read_migrations("mesange.migrations")[-1].version
    newest = " UNION ALL ".join(f"SELECT max(id) AS id FROM {table}" for table in WITH_IDS)
    server.ids.observe(await server.db.value(f"SELECT max(id) FROM ({newest}) newest") or 0)


def build_app(server: Server, writer: Writer | None = None) -> App:
    router = Router()
    edges = (*mastodon_routes.ROUTES, *discovery.ROUTES, *feeds.ROUTES, *operations.ROUTES, *page_routes())
    for route in (*edges, *organizations.ROUTES):
        router.add(route)
    for route in (*publishing_api.ROUTES, *publishing_routes(), *relay_routes()):
        router.add(route)
    return App(
        server,
        router,
        kept=_kept_page,
        errors_for=_errors_for,
        options=mastodon_routes.preflight,
        sockets=mastodon_routes.SOCKETS,
        lifespan=Lifespan(server),
        writer=writer,
        requests=server.of(Requests),
    )


def _kept_page(server: Server, scope: Scope) -> Response | None:
    is_api = scope["path"].startswith("/api/")
    return mastodon_routes.kept_page(server, scope) if is_api else ready_page(server, scope)


def _errors_for(path: str) -> ErrorPage:
    return mastodon_routes.json_error if path.startswith(API) else error_page


class Lifespan:
    """Background work from the server's first moment to its last; open streams end before the server waits for them."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.begin()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.end()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def begin(self) -> None:
        server = self._server
        progress = server.of(Progress)
        work = [_catch_up(server), *(run_job(server, job, progress) for job in (*JOBS, MAIL))]
        for consumer in CONSUMERS:
            runner = ConsumerRunner(server, server.db, server.eventlog, consumer)
            progress.consumers[consumer.name] = runner
            work.append(runner.run())
        self._tasks = [asyncio.create_task(each) for each in work]

    async def end(self) -> None:
        self._server.live.close_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _send_mails(server: Server) -> None:
    await server.mail.send_due()


MAIL = Job("send mails", MAIL_SECONDS, _send_mails)


async def _catch_up(server: Server) -> None:
    """Hear what other processes committed: administration commands, other servers."""
    while True:
        await asyncio.sleep(CATCH_UP_SECONDS)
        try:
            await server.eventlog.catch_up()
        except Unavailable:
            log.warning("the log cannot be read for the moment")
