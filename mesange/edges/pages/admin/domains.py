"""Servers kept away: one by one, or as a list in the form that servers of this network exchange."""

import csv
import io
from collections.abc import Iterable

from mesange.core.moderation.actions.domains import block_domain, import_domain_blocks, unblock_domain
from mesange.core.moderation.actions.lists import read_again, subscribe_list, take_over, unsubscribe_list
from mesange.core.moderation.model import DomainBlock, ListChanges, Severity, block_of, list_changes, read_blocks
from mesange.core.moderation.queries import get_subscription, list_domain_blocks, list_subscriptions
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.errors import refused
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.parameters import Upload
from mesange.kit.web.response import Response

SEVERITIES = {
    Severity.SUSPEND: _("Nothing comes or goes"),
    Severity.SILENCE: _("Only for those who follow"),
    Severity.NOOP: _("No restriction of its own"),
}
COLUMNS = ("#domain", "#severity", "#reject_media", "#reject_reports", "#public_comment", "#obfuscate")
MOST_SHOWN = 500
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({"severity": Severity.SUSPEND.value}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    return await admin_page(
        visit,
        "domains.html",
        status=error.http_status if error else 200,
        blocks=await list_domain_blocks(visit.server.db),
        severities={severity.value: visit.gettext(label) for severity, label in SEVERITIES.items()},
        form=form,
        subscriptions=await list_subscriptions(visit.server.db),
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


async def send(visit: Visit) -> Response:
    if visit.text("unblock"):
        await unblock_domain(visit.server, visit.viewer, visit.text("unblock"))
        return visit.back("/admin/domains", told="saved")
    names = (
        "domain",
        "severity",
        "rejects_media",
        "rejects_reports",
        "public_comment",
        "private_comment",
        "obfuscates",
        "list",
    )
    given = {name: visit.text(name) for name in names}
    try:
        if text := _list_in(visit):
            blocks = read_blocks(text, _now(visit))
            if not visit.text("sure"):
                return await _preview(visit, text, blocks)
            await import_domain_blocks(visit.server, visit.viewer, blocks)
        else:
            await block_domain(visit.server, visit.viewer, block_of(given, _now(visit)))
    except Invalid as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back("/admin/domains", told="saved")


def _list_in(visit: Visit) -> str:
    """A list that was pasted, or brought as a file."""
    sent = visit.fields.get("file")
    return sent.content.decode("utf-8", "replace") if isinstance(sent, Upload) and sent.content else visit.text("list")


async def _preview(visit: Visit, text: str, blocks: list[DomainBlock]) -> Response:
    """What the list would change, before it does."""
    return await changes_page(visit, await changes_of(visit, blocks), "/admin/domains", {"list": text, "sure": "1"})


async def changes_of(visit: Visit, blocks: list[DomainBlock], list_id: int = 0) -> ListChanges:
    here = {block.domain: block for block in await list_domain_blocks(visit.server.db)}
    return list_changes(here, blocks, list_id)


async def changes_page(visit: Visit, changes: ListChanges, action: str, hidden: dict[str, str]) -> Response:
    rows = [
        (visit.gettext(label), block.domain, visit.gettext(SEVERITIES[block.severity]))
        for label, blocks in (
            (_("New"), changes.added),
            (_("Changed"), changes.changed),
            (_("Taken away"), changes.removed),
            (_("Stays as it is"), changes.kept),
        )
        for block in blocks
    ]
    return await admin_page(
        visit,
        "domain_changes.html",
        rows=rows[:MOST_SHOWN],
        more=max(0, len(rows) - MOST_SHOWN),
        action=action,
        hidden=hidden,
        is_empty=changes.is_empty,
    )


def _now(visit: Visit) -> int:
    return visit.server.clock.now()


async def export(visit: Visit) -> Response:
    written = written_blocks(await list_domain_blocks(visit.server.db))
    response = Response(written.encode(), media_type=b"text/csv; charset=utf-8")
    return response.with_header(b"content-disposition", b'attachment; filename="domain_blocks.csv"')


def written_blocks(blocks: Iterable[DomainBlock]) -> str:
    """The list as Mastodon writes it; what a spreadsheet would take for a formula is quoted."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for block in blocks:
        marks = (str(mark).lower() for mark in (block.rejects_media, block.rejects_reports))
        comment = f"'{block.public_comment}" if block.public_comment.startswith(FORMULAS) else block.public_comment
        writer.writerow([block.domain, block.severity.value, *marks, comment, str(block.is_obfuscated).lower()])
    return file.getvalue()


async def subscribe(visit: Visit) -> Response:
    given = {"url": visit.text("url"), "severity": Severity.SUSPEND.value}
    try:
        await subscribe_list(visit.server, visit.viewer, given["url"], applies_itself=bool(visit.text("alone")))
    except Invalid as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back("/admin/domains", told="saved")


async def review(visit: Visit) -> Response:
    """What a list that waits would change."""
    found = await get_subscription(visit.server.db, visit.request.id("id"))
    changes = await changes_of(visit, read_blocks(found.pending, _now(visit)), found.id)
    return await changes_page(visit, changes, f"/admin/domains/lists/{found.id}", {"take": "1"})


async def change_list(visit: Visit) -> Response:
    """Take over what waits, read it again, or end it."""
    list_id = visit.request.id("id")
    if visit.text("take"):
        await take_over(visit.server, visit.viewer, list_id)
    elif visit.text("again"):
        await read_again(visit.server, visit.viewer, list_id)
    elif visit.text("end"):
        await unsubscribe_list(visit.server, visit.viewer, list_id, removes=visit.text("end") == "remove")
    return visit.back("/admin/domains", told="saved")
