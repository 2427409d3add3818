"""What one can read one can report; both sides are told, and nobody learns who reported."""

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import block_account
from mesange.core.moderation.actions.decisions import decide
from mesange.core.moderation.actions.reports import close_report, file_report
from mesange.core.moderation.actions.site import withdraw_rule, write_rule
from mesange.core.moderation.model import Category, Decision, Measure, ReportDraft, ids_in
from mesange.core.moderation.queries import ReportFilter, count_open_reports, get_report, list_reports, load_evidence
from mesange.core.statuses.actions.delete import delete_status
from mesange.kit.errors import Conflict, Forbidden, Invalid, MesangeError, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post


async def letters(server: Server, name: str) -> list[str]:
    newest = await server.mail.list_newest()
    return [f"{mail.subject}\n{mail.body}" for mail in newest if mail.recipient.startswith(f"{name}@")]


async def test_a_report_holds_what_was_said_and_is_acknowledged(server: Server, ada: Viewer, bob: Viewer) -> None:
    loud = await post(server, bob, "LOUD")
    report = await file_report(server, ada, ReportDraft(bob.account_id, [loud.id], "Too loud", "spam"))
    assert (report.category, report.comment, ids_in(report.status_ids)) == (Category.SPAM, "Too loud", [loud.id])
    assert await list_reports(server.db, Page(), ReportFilter()) == [report]
    receipt = (await letters(server, "ada"))[0]
    assert str(report.id) in receipt and "@bob" in receipt
    assert not await letters(server, "bob")


async def test_rules_make_it_a_violation(server: Server, ada: Viewer, bob: Viewer, mod: Viewer) -> None:
    rule = await write_rule(server, mod, 0, ("Be quiet", "Du calme", "", ""))
    report = await file_report(server, ada, ReportDraft(bob.account_id, category="spam", rule_ids=[rule.id]))
    assert report.category is Category.VIOLATION
    await withdraw_rule(server, mod, rule.id)
    with pytest.raises(Invalid):
        await file_report(server, ada, ReportDraft(bob.account_id, rule_ids=[rule.id]))


async def test_f7_what_one_cannot_read_one_cannot_report(server: Server, ada: Viewer, bob: Viewer, eve: Viewer) -> None:
    hidden = [
        await post(server, bob, "secretword", "private"),
        await post(server, bob, "secretword @eve", "direct"),
    ]
    for status in hidden:
        with pytest.raises(NotFound) as refused:
            await file_report(server, ada, ReportDraft(bob.account_id, [status.id]))
        assert "secretword" not in str(refused.value)
    await file_report(server, eve, ReportDraft(bob.account_id, [hidden[1].id]))
    await block_account(server, bob, eve.account_id)
    with pytest.raises(NotFound):
        await file_report(server, eve, ReportDraft(bob.account_id, [hidden[1].id]))


async def test_f7_a_post_of_somebody_else_cannot_be_reported_with_an_account(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer
) -> None:
    theirs = await post(server, eve, "Not Bob's")
    with pytest.raises(NotFound):
        await file_report(server, ada, ReportDraft(bob.account_id, [theirs.id]))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"category": "boredom"}, Invalid),
        ({"comment": "x" * 1_001}, Invalid),
        ({"status_ids": list(range(1, 52))}, Invalid),
        ({"rule_ids": [17]}, Invalid),
        ({"status_ids": [1 << 62]}, NotFound),
        ({"target_id": 12}, NotFound),
    ],
)
async def test_a_report_is_bounded(
    server: Server, ada: Viewer, bob: Viewer, change: dict[str, object], error: type[MesangeError]
) -> None:
    given: dict[str, object] = {"target_id": bob.account_id} | change
    with pytest.raises(error):
        await file_report(server, ada, ReportDraft(**given))  # type: ignore[arg-type]
    assert await count_open_reports(server.db) == 0


async def test_nobody_reports_themselves(server: Server, ada: Viewer) -> None:
    with pytest.raises(Invalid):
        await file_report(server, ada, ReportDraft(ada.account_id))


async def test_a_report_is_closed_once_and_the_reporter_hears_of_it(
    server: Server, ada: Viewer, bob: Viewer, mod: Viewer
) -> None:
    report = await file_report(server, ada, ReportDraft(bob.account_id))
    await close_report(server, mod, report.id)
    with pytest.raises(Conflict):
        await close_report(server, mod, report.id)
    closed = await get_report(server.db, report.id)
    assert closed.resolved_at and not closed.is_acted_on
    assert len(await letters(server, "ada")) == 2
    assert not await letters(server, "bob")


async def test_j6_no_letter_names_who_decided_or_who_reported(
    server: Server, ada: Viewer, bob: Viewer, mod: Viewer
) -> None:
    loud = await post(server, bob, "LOUD")
    report = await file_report(server, ada, ReportDraft(bob.account_id, [loud.id]))
    await decide(
        server,
        mod,
        Decision(bob.account_id, Measure.DELETE.value, text="Loud.", status_ids=[loud.id], report_id=report.id),
    )
    to_bob, to_ada = await letters(server, "bob"), await letters(server, "ada")
    assert len(to_bob) == 1 and len(to_ada) == 2
    assert "ada" not in to_bob[0] and str(ada.account_id) not in to_bob[0]
    for letter in (*to_bob, *to_ada):
        assert "@mo" not in letter and str(mod.account_id) not in letter and "moderation" in letter.lower()


async def test_evidence_that_the_author_deleted_is_gone(server: Server, ada: Viewer, bob: Viewer) -> None:
    kept, gone = await post(server, bob, "one"), await post(server, bob, "two")
    report = await file_report(server, ada, ReportDraft(bob.account_id, [gone.id, kept.id]))
    await delete_status(server, bob, gone.id)
    assert await load_evidence(server, report) == [kept, None]


async def test_only_staff_closes_reports(server: Server, ada: Viewer, bob: Viewer) -> None:
    report = await file_report(server, ada, ReportDraft(bob.account_id))
    with pytest.raises(Forbidden):
        await close_report(server, ada, report.id)
    assert await count_open_reports(server.db) == 1
