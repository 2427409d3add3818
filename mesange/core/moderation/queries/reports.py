"""Reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.moderation.model import Report, ReportNote, ids_in
from mesange.core.moderation.tables import report_notes, reports
from mesange.core.statuses.model import Status
from mesange.core.statuses.queries import load_statuses
from mesange.kit.db import Reader, Transaction, Value
from mesange.kit.errors import Conflict, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Open ones, or closed ones; by whom and about whom when it is not 0."""

    is_open: bool = True
    account_id: int = 0
    target_id: int = 0


async def list_reports(db: Reader, page: Page, only: ReportFilter) -> list[Report]:
    where = [f"resolved_at IS {'' if only.is_open else 'NOT '}NULL", "id < ?", "id > ?"]
    values = list[Value]([page.below, page.above])
    for column, wanted in (("account_id", only.account_id), ("target_id", only.target_id)):
        if wanted:
            where.append(f"{column} = ?")
            values.append(wanted)
    rows = await db.rows(
        f"SELECT {reports.columns} FROM reports WHERE {' AND '.join(where)} ORDER BY id {page.order} LIMIT ?",
        *values,
        page.limit,
    )
    return page.newest_first([reports.load(row) for row in rows])


async def get_report(db: Reader, report_id: int) -> Report:
    row = await db.row(f"SELECT {reports.columns} FROM reports WHERE id = ?", report_id)
    if row is None:
        raise NotFound()
    return reports.load(row)


async def load_reports(db: Reader, ids: Sequence[int]) -> dict[int, Report]:
    """By id, whoever may read them: the caller has asked for that."""
    if not ids:
        return {}
    rows = await db.rows(f"SELECT {reports.columns} FROM reports WHERE id = ANY(?)", list(ids))
    return {report.id: report for report in map(reports.load, rows)}


async def hold_report(tx: Transaction, report_id: int) -> Report:
    """An open report; nobody else decides on it before this transaction ends. Raises NotFound, Conflict."""
    row = await tx.row(f"SELECT {reports.columns} FROM reports WHERE id = ? FOR UPDATE", report_id)
    if row is None:
        raise NotFound()
    report = reports.load(row)
    if report.resolved_at is not None:
        raise Conflict("Somebody has closed this report already.")
    return report


async def count_open_reports(db: Reader) -> int:
    return await db.value("SELECT count(*) FROM reports WHERE resolved_at IS NULL")


async def load_evidence(server: Server, report: Report) -> list[Status | None]:
    """The posts that were reported, whoever may see them; None where the author has deleted one since."""
    ids = ids_in(report.status_ids)
    found = await load_statuses(server, ids)
    return [found.get(id) for id in ids]


async def list_notes(db: Reader, report_id: int) -> list[ReportNote]:
    """Oldest first; at most two hundred."""
    rows = await db.rows(
        f"SELECT {report_notes.columns} FROM report_notes WHERE report_id = ? ORDER BY id LIMIT 200", report_id
    )
    return [report_notes.load(row) for row in rows]
