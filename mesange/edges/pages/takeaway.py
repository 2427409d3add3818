"""What one takes along and brings with one: the archive of the account, its lists as CSV, files from elsewhere."""

from dataclasses import dataclass

from mesange.core.archives.actions import archive_path, ask_archive, ask_import, offer_download, use_download
from mesange.core.archives.model import FORMS, Archive, Import, Kind, Work, WrongColumns
from mesange.core.archives.queries import find_import, list_archives, list_imports, list_problems, list_withdrawn
from mesange.core.archives.queries.lists_of_people import CSV_FILES
from mesange.front.errors import refused, told_of
from mesange.front.faces import account_view
from mesange.front.views import Ids, Milliseconds
from mesange.front.visit import Visit
from mesange.kit.clock import DAY
from mesange.kit.errors import Invalid, MesangeError, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.parameters import Upload
from mesange.kit.web.response import Response, redirect
from mesange.kit.web.sending import pieces_of, send_download

KINDS = {
    Kind.FOLLOWING: _("Accounts I follow"),
    Kind.BLOCKING: _("Accounts I block"),
    Kind.MUTING: _("Accounts I mute"),
    Kind.LISTS: _("My lists"),
    Kind.BOOKMARKS: _("My bookmarks"),
    Kind.DOMAINS: _("Servers I hide"),
    Kind.FILTERS: _("My filters"),
}
FILES = {
    "following_accounts.csv": KINDS[Kind.FOLLOWING],
    "followers.csv": _("My followers"),
    "blocked_accounts.csv": KINDS[Kind.BLOCKING],
    "muted_accounts.csv": KINDS[Kind.MUTING],
    "lists.csv": KINDS[Kind.LISTS],
    "bookmarks.csv": KINDS[Kind.BOOKMARKS],
    "blocked_domains.csv": KINDS[Kind.DOMAINS],
    "filters.csv": KINDS[Kind.FILTERS],
}


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """`state`: asked, making, ready, failed or gone; `done` counts posts, `size` bytes."""

    id: Ids
    state: str
    created_at: Milliseconds
    done: int
    size: int
    expires_at: Milliseconds | None = None


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file that is, or was, read: so many lines taken, so many not."""

    id: Ids
    kind: str
    state: str
    created_at: Milliseconds
    lines: int
    good: int
    bad: int
    removed: int


async def show(visit: Visit) -> Response:
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    archives = await list_archives(visit.server.db, visit.viewer)
    return await visit.page(
        "settings_takeaway.html",
        status=error.http_status if error else 200,
        place="gear",
        form=form,
        archives=[_archive_view(each) for each in archives],
        may_ask=all(_is_past(visit, each) for each in archives),
        files=[(name, visit.gettext(label)) for name, label in FILES.items()],
        imports=[_import_view(visit, each) for each in await list_imports(visit.server.db, visit.viewer)],
        kinds=[(kind.value, visit.gettext(label)) for kind, label in KINDS.items()],
        days=visit.server.settings.archive_days,
        withdrawn=[
            (account_view(visit.server, each), due_at)
            for each, due_at in await list_withdrawn(visit.server.db, visit.viewer)
        ],
        notices=(*told_of(visit, error), *_missing(visit, error)) if error else (),
        filter_columns=FORMS[Kind.FILTERS].columns,
    )


def _missing(visit: Visit, error: MesangeError) -> tuple[Told, ...]:
    """The columns by name, where those of a file are wrong."""
    if not isinstance(error, WrongColumns):
        return ()
    missing = visit.gettext(_("Columns looked for: %(columns)s"), columns=", ".join(error.missing))
    return (Told(missing, "problem"),)


def _is_past(visit: Visit, archive: Archive) -> bool:
    """Whether it keeps nobody from asking for another one."""
    age = visit.server.clock.now() - archive.created_at
    return archive.state is Work.FAILED or age > visit.server.settings.archive_days * DAY


def _archive_view(archive: Archive) -> ArchiveView:
    return ArchiveView(
        str(archive.id), archive.state.value, archive.created_at, archive.done, archive.size, archive.expires_at
    )


def _import_view(visit: Visit, given: Import) -> ImportView:
    return ImportView(
        id=str(given.id),
        kind=visit.gettext(KINDS[given.kind]),
        state=given.state.value,
        created_at=given.created_at,
        lines=given.lines,
        good=given.good,
        bad=given.bad,
        removed=given.removed,
    )


async def ask(visit: Visit) -> Response:
    """Have the archive made."""
    try:
        await ask_archive(visit.server, visit.viewer)
    except MesangeError as error:
        return await _page(visit, refused(visit, {}, error), error)
    return visit.back("/settings/data", told="archive-asked")


async def offer(visit: Visit) -> Response:
    """From the button to a link that is good once."""
    return redirect(f"/settings/data/archive/{await offer_download(visit.server, visit.viewer, visit.id('archive'))}")


async def fetch(visit: Visit) -> None:
    archive = await use_download(visit.server, visit.viewer, visit.request.segments["secret"])
    path = archive_path(visit.server.settings, archive.file)
    if not path.exists():
        raise NotFound()
    name = f"mesange-archive-{archive.id}.zip"
    await send_download(visit.request, name, b"application/zip", pieces_of(path), archive.size)


async def csv(visit: Visit) -> None:
    write = CSV_FILES.get(visit.request.segments["name"])
    if write is None:
        raise NotFound()
    pieces = write(visit.server, visit.viewer.account_id)
    await send_download(visit.request, visit.request.segments["name"], b"text/csv; charset=utf-8", pieces)


async def bring(visit: Visit) -> Response:
    sent = visit.fields.get("file")
    try:
        if not isinstance(sent, Upload) or not sent.content:
            raise Invalid("Choose a file first.", field="file")
        if visit.text("kind") not in list(Kind):
            raise Invalid("Say what the file holds.", field="kind")
        kind, overwrites = Kind(visit.text("kind")), visit.text("mode") == "overwrite"
        given = await ask_import(visit.server, visit.viewer, kind, sent.content, is_overwriting=overwrites)
    except MesangeError as error:
        typed = {name: visit.text(name) for name in ("kind", "mode")}
        return await _page(visit, refused(visit, typed, error), error)
    return redirect(f"/settings/data/imports/{given.id}")


async def imported(visit: Visit) -> Response:
    """How far the reading of a file came; every line that was not taken, with its reason."""
    given = await find_import(visit.server.db, visit.viewer, visit.request.id("id"))
    if given is None:
        raise NotFound()
    problems = await list_problems(visit.server.db, given.id)
    return await visit.page(
        "settings_import.html",
        place="gear",
        given=_import_view(visit, given),
        is_over=given.state in (Work.READY, Work.FAILED),
        problems=[(each.line, each.text, visit.gettext(each.reason)) for each in problems],
        percent=100 * (given.good + given.bad) // max(given.lines, 1),
    )
