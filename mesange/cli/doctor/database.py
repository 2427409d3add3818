"""The database: its content, the work that waits in it, its clock, its log of staff acts, its counters."""

from mesange.cli.doctor.finding import Finding
from mesange.kit.server import Server


async def look_at_database(server: Server, *, repair: bool) -> list[Finding]:
    return [
        *await _look_at_content(server),
        *await _look_at_work(server),
        await _look_at_clock(server),
        await _look_at_staff_log(server),
        await _look_at_counters(server, repair=repair),
    ]


async def _look_at_content(server: Server) -> list[Finding]:
    from mesange.core.accounts.queries import has_owner
    from mesange.kit.db.migrate import current_version

    findings = [
        Finding(f"database: {server.db.engine}, {await server.db.size() // 1000} kB"),
        Finding(f"migrations: up to number {await current_version(server.db)}"),
    ]
    trouble = await server.db.check()
    remedy = "Restore the newest backup; keep this file aside." if trouble else ""
    findings.append(Finding(f"database content: {trouble or 'sound'}", remedy))
    owner = "" if await has_owner(server.db) else "Open the link that `mesange serve` prints."
    return [*findings, Finding("owner" if not owner else "no owner yet", owner)]


async def _look_at_work(server: Server) -> list[Finding]:
    from mesange.kit.consumers import saved_position
    from mesange.main import CONSUMERS

    findings: list[Finding] = []
    newest = await server.db.newest_position()
    for consumer in CONSUMERS:
        behind = newest[1] - (await saved_position(server.db, consumer.name) or (0, 0))[1]
        findings.append(Finding(f"consumer {consumer.name}: saved at most {max(behind, 0)} events behind"))
    parked = await server.db.value("SELECT count(*) FROM parked_events")
    remedy = "Look at their errors on /admin/parked, mend the cause, then `mesange replay NAME`." if parked else ""
    findings.append(Finding(f"parked events: {parked}", remedy))
    unsent = await server.db.value("SELECT count(*) FROM mails WHERE failed_reason IS NOT NULL")
    findings.append(Finding(f"mails given up: {unsent}", "Check MESANGE_SMTP_URL." if unsent else ""))
    doomed = await server.db.value("SELECT count(*) FROM doomed_files WHERE due_at < ?", server.clock.now() - 3_600_000)
    remedy = "The running server deletes them: start it, and look at its log." if doomed else ""
    return [*findings, Finding(f"files to delete that are an hour late: {doomed}", remedy)]


async def _look_at_clock(server: Server) -> Finding:
    """The newest post lies in the future when the clock was set back."""
    from mesange.kit.ids import time_of

    newest = await server.db.value("SELECT max(id) FROM statuses") or 0
    ahead = time_of(newest) - server.clock.now()
    remedy = "Set this machine's clock right (NTP); until then posts get later times." if ahead > 60_000 else ""
    return Finding(f"clock: the newest post lies {max(ahead, 0) // 1000} s ahead", remedy)


async def _look_at_staff_log(server: Server) -> Finding:
    from mesange.core.moderation.actions.log import SCOPE
    from mesange.kit.scopelog import first_broken
    from mesange.kit.signing import signer_in

    broken = await first_broken(server.db, SCOPE)
    key = signer_in(server.settings.data).public_key.hex()[:16]
    remedy = "Somebody changed it: compare it with a backup and with signed heads kept elsewhere." if broken else ""
    return Finding(f"log of staff acts, key {key}: {f'broken at entry {broken}' if broken else 'whole'}", remedy)


async def _look_at_counters(server: Server, *, repair: bool) -> Finding:
    from mesange.core.statuses.actions.recount import recount
    from mesange.core.statuses.queries.counters import list_wrong_accounts, list_wrong_statuses

    if repair:
        return Finding(f"counters set right: {await recount(server)}")
    wrong = len(await list_wrong_accounts(server.db)) + len(await list_wrong_statuses(server.db))
    remedy = "`mesange doctor --repair` counts again." if wrong else ""
    return Finding(f"counters that differ from what they count: {wrong}", remedy)
