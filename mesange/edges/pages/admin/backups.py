"""Backups: taken now or by a schedule, fetched, deleted; and how one is put back."""

import shlex
from dataclasses import dataclass

from mesange.core.accounts.actions.credentials import is_proven
from mesange.core.upkeep.actions.backups import ask_backup, delete_backup, fetch_backup
from mesange.core.upkeep.actions.settings import change_settings
from mesange.core.upkeep.model import Backup
from mesange.core.upkeep.queries import get_backup, list_backups
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.asking import Question, ask
from mesange.front.errors import refused, told_of
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.response import Response, redirect
from mesange.kit.web.sending import pieces_of, send_download
from mesange.kit.web.wording import in_bytes

PATH = "/admin/backups"
SCHEDULE = ("backup_days", "backups_kept")
TAR = b"application/x-tar"


@dataclass(frozen=True, slots=True)
class BackupView:
    """`percent` of what was expected is written; `command` is what puts it back."""

    id: str
    state: str
    asked_at: int
    ended_at: int | None
    size: str
    percent: int
    failure: str
    is_planned: bool
    command: str


async def show(visit: Visit) -> Response:
    settings = visit.server.settings
    return await _page(visit, Form.of({name: str(getattr(settings, name)) for name in SCHEDULE}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    views = [_view(visit, each) for each in await list_backups(visit.server.db)]
    return await admin_page(
        visit,
        "backups.html",
        status=error.http_status if error else 200,
        backups=views,
        is_at_work=any(each.state in ("asked", "making") for each in views),
        folder=str(visit.server.settings.data / "backups"),
        form=form,
        notices=told_of(visit, error) if error else (),
    )


def _view(visit: Visit, backup: Backup) -> BackupView:
    path = visit.server.settings.data / "backups" / backup.file
    return BackupView(
        id=str(backup.id),
        state=backup.state.value,
        asked_at=backup.asked_at,
        ended_at=backup.ended_at,
        size=in_bytes(backup.written, visit.language),
        percent=min(99, backup.written * 100 // backup.expected) if backup.expected else 0,
        failure=backup.failure,
        is_planned=backup.asked_by == 0,
        command=f"mesange restore {shlex.quote(str(path))} --data NEW_FOLDER",
    )


async def send(visit: Visit) -> Response:
    """A backup now, or another schedule."""
    given = {name: visit.text(name) for name in SCHEDULE}
    try:
        if visit.text("now"):
            await ask_backup(visit.server, visit.viewer)
            return visit.back(PATH, told="begun")
        await change_settings(visit.server, visit.viewer, given)
    except (Invalid, Conflict) as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back(PATH, told="saved")


async def fetch(visit: Visit) -> Response | None:
    """It holds every key and every private word: who fetches it shows once more that it is them."""
    if not await is_proven(visit.server, visit.viewer):
        return redirect(f"/settings/security/prove?return={PATH}")
    path = await fetch_backup(visit.server, visit.viewer, visit.request.id("id"))
    await send_download(visit.request, path.name, TAR, pieces_of(path), path.stat().st_size)
    return None


async def ask_delete(visit: Visit) -> Response:
    backup = await get_backup(visit.server.db, visit.request.id("id"))
    question = Question(
        title=_("Delete this backup?"),
        text=_("Its file goes from the disk. What you fetched stays where you put it."),
        verb=_("Delete it"),
        action=f"{PATH}/{backup.id}/delete",
        back=PATH,
        quoted=backup.file,
    )
    return await ask(visit, question, place="shield")


async def delete(visit: Visit) -> Response:
    await delete_backup(visit.server, visit.viewer, visit.request.id("id"))
    return visit.back(PATH, told="saved")
