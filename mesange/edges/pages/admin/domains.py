"""Servers kept away: one by one, or as a list in the form that servers of this network exchange."""

import csv
import io
from collections.abc import Iterable

from mesange.core.moderation.actions.domains import block_domain, import_domain_blocks, unblock_domain
from mesange.core.moderation.model import DomainBlock, Severity
from mesange.core.moderation.queries import list_domain_blocks
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.errors import refused
from mesange.edges.pages.visit import Visit
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.text import checked_domain, clean
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

SEVERITIES = {
    Severity.SUSPEND: _("Nothing comes or goes"),
    Severity.SILENCE: _("Only for those who follow"),
    Severity.NOOP: _("No restriction of its own"),
}
COLUMNS = ("#domain", "#severity", "#reject_media", "#reject_reports", "#public_comment", "#obfuscate")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
MOST_LINES = 20_000
MOST_COMMENT = 1_000


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
    )
    given = {name: visit.text(name) for name in names}
    try:
        if visit.text("list"):
            await import_domain_blocks(visit.server, visit.viewer, read_blocks(visit.text("list"), _now(visit)))
        else:
            await block_domain(visit.server, visit.viewer, _block(given, _now(visit)))
    except Invalid as error:
        return await _page(visit, refused(visit, given, error), error)
    return visit.back("/admin/domains", told="saved")


def _now(visit: Visit) -> int:
    return visit.server.clock.now()


def _block(given: dict[str, str], now: int) -> DomainBlock:
    try:
        severity = Severity(given.get("severity") or Severity.SUSPEND)
    except ValueError:
        raise Invalid("This severity does not exist.", field="severity") from None
    return DomainBlock(
        domain=checked_domain(given.get("domain", "")),
        severity=severity,
        rejects_media=_is_yes(given.get("rejects_media", "")),
        rejects_reports=_is_yes(given.get("rejects_reports", "")),
        public_comment=clean(given.get("public_comment", ""), MOST_COMMENT),
        private_comment=clean(given.get("private_comment", ""), MOST_COMMENT),
        is_obfuscated=_is_yes(given.get("obfuscates", "")),
        created_at=now,
    )


def _is_yes(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes", "on")


def read_blocks(text: str, now: int) -> list[DomainBlock]:
    """Blocks of a CSV list, with Mastodon's columns or of names alone. Raises Invalid naming the line at fault."""
    rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(cell.strip() for cell in row)]
    if len(rows) > MOST_LINES:
        raise Invalid("This list is too long.", field="list")
    has_heads = bool(rows) and rows[0][0].lstrip("#").strip().lower() == "domain"
    heads = [cell.strip().lstrip("#").lower() for cell in rows[0]] if has_heads else ["domain"]
    return [_read(heads, row, number, now) for number, row in enumerate(rows[has_heads:], 1 + has_heads)]


def _read(heads: list[str], row: list[str], number: int, now: int) -> DomainBlock:
    cells = dict(zip(heads, row, strict=False))
    given = {
        "domain": cells.get("domain", ""),
        "severity": cells.get("severity", "").strip().lower(),
        "rejects_media": cells.get("reject_media", ""),
        "rejects_reports": cells.get("reject_reports", ""),
        "public_comment": cells.get("public_comment", ""),
        "obfuscates": cells.get("obfuscate", ""),
    }
    try:
        return _block(given, now)
    except Invalid as error:
        raise Invalid(f"Line {number}: {error.public_text}", field="list") from None


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
