"""Servers kept away, one by one; and the list of them to take along."""

import csv
import io
from collections.abc import Iterable

from mesange.core.moderation.actions.domains import block_domain, unblock_domain
from mesange.core.moderation.model import DomainBlock, Severity, block_of
from mesange.core.moderation.queries import count_domain_blocks, find_domain_blocks, list_domain_blocks
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import Feed, page_of_names, span_of
from mesange.front.errors import refused
from mesange.front.views import Tab
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

PATH = "/admin/domains"
SEVERITIES = {
    Severity.SUSPEND: _("Nothing comes or goes"),
    Severity.SILENCE: _("Only for those who follow"),
    Severity.NOOP: _("No restriction of its own"),
}
TABS = {PATH: _("Servers kept away"), f"{PATH}/lists": _("Lists of blocks")}
COLUMNS = ("#domain", "#severity", "#reject_media", "#reject_reports", "#public_comment", "#obfuscate")
FIELDS = (
    "domain", "severity", "rejects_media", "rejects_reports", "public_comment", "private_comment", "obfuscates",
)  # fmt: skip
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def tabs_of(visit: Visit) -> list[Tab]:
    return [Tab(visit.gettext(label), path, path == visit.request.path) for path, label in TABS.items()]


def severity_labels(visit: Visit) -> dict[Severity, str]:
    return {severity: visit.gettext(label) for severity, label in SEVERITIES.items()}


async def show(visit: Visit) -> Response:
    return await _page(visit, Form.of({"severity": Severity.SUSPEND.value}))


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    wanted = visit.text("q")[:253]
    cut = await find_domain_blocks(visit.server.db, wanted, span_of(visit))
    return await admin_page(
        visit,
        "domains.html",
        status=error.http_status if error else 200,
        tabs=tabs_of(visit),
        blocks=cut.rows,
        count=await count_domain_blocks(visit.server.db),
        severities=severity_labels(visit),
        q=wanted,
        form=form,
        page=page_of_names(cut, Feed(PATH, more=(("q", wanted),) if wanted else ()), lambda block: block.domain),
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


async def send(visit: Visit) -> Response:
    if visit.text("unblock"):
        await unblock_domain(visit.server, visit.viewer, visit.text("unblock"))
        return visit.back(PATH, told="saved")
    given = {name: visit.text(name) for name in FIELDS}
    try:
        await block_domain(visit.server, visit.viewer, block_of(given, visit.server.clock.now()))
    except Invalid as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back(PATH, told="saved")


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
