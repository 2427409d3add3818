"""Review: sent by a client or a colleague, approved by others stage by stage, void once the words change."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.gate import NeedsApproval
from mesange.core.statuses.actions.publish import publish_status, publish_thread
from mesange.core.statuses.actions.schedule import publish_due_posts, schedule_posts
from mesange.core.statuses.actions.submit import SentForReview
from mesange.core.statuses.model import Draft
from mesange.core.teams.actions import add_member, set_rule
from mesange.core.teams.model import NotAnApprover, Role, SelfApproval, Tier
from mesange.kit.clock import HOUR, FixedClock
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.leaving import publish_due_publications
from mesange.workspace.publishing.actions.review import approve_publication, request_changes, submit_publication
from mesange.workspace.publishing.actions.scheduling import schedule_publication
from mesange.workspace.publishing.actions.writing import (
    ChangedMeanwhile,
    comment_on_publication,
    revise_publication,
    write_publication,
)
from mesange.workspace.publishing.model import Publication, PublicationFilter, PublicationState, Step, WrongState
from mesange.workspace.publishing.queries import (
    get_publication,
    list_comments,
    list_publications,
    list_revisions,
)
from tests.core.people import new_user, post
from tests.workspace.conftest import Team, new_team

S = PublicationState
Consume = Callable[[], Awaitable[None]]


async def texts(server: Server) -> list[str]:
    return [text for (text,) in await server.db.rows("SELECT text FROM statuses ORDER BY id")]


async def publications(server: Server, viewer: Viewer, team: Team) -> list[Publication]:
    return await list_publications(server.db, viewer, team.organization.id, Page(), PublicationFilter())


async def sent(server: Server, viewer: Viewer, text: str, key: str = "", at: int | None = None) -> int:
    sending = (
        schedule_posts(server, viewer, [Draft(text)], at, key)
        if at
        else publish_status(server, viewer, Draft(text), key)
    )
    with pytest.raises(SentForReview) as answer:
        await sending
    assert answer.value.http_status == 422
    return answer.value.submission_id


async def test_what_a_contributor_s_client_sends_is_in_review_once_and_leaves_when_approved(
    server: Server, team: Team, writer: Viewer, editor: Viewer, consume: Consume
) -> None:
    first = await sent(server, writer, "Bonjour", "key")
    assert await sent(server, writer, "Bonjour", "key") == first
    assert await sent(server, writer, "Bonjour") == first, "the same words, still waiting"
    await consume()
    await consume()
    (publication,) = await publications(server, editor, team)
    assert (publication.state, publication.author_id) == (S.IN_REVIEW, writer.user_id)
    assert await texts(server) == []
    await approve_publication(server, editor, publication.id)
    await publish_due_publications(server)
    assert await texts(server) == ["Bonjour"]
    found = await get_publication(server.db, writer, publication.id)
    assert found.state is S.PUBLISHED
    assert found.status_id
    assert await sent(server, writer, "Bonjour") != first, "it is out: the same words are something new"


async def test_what_a_client_planned_keeps_its_instant(
    server: Server, team: Team, writer: Viewer, editor: Viewer, consume: Consume, clock: FixedClock
) -> None:
    at = clock.now() + HOUR
    await sent(server, writer, "Later", at=at)
    await consume()
    (publication,) = await publications(server, editor, team)
    await approve_publication(server, editor, publication.id)
    await publish_due_publications(server)
    assert await texts(server) == []
    clock.move(HOUR)
    await publish_due_publications(server)
    assert await texts(server) == ["Later"]


async def test_a_thread_is_sent_for_review_whole(
    server: Server, team: Team, writer: Viewer, editor: Viewer, consume: Consume
) -> None:
    with pytest.raises(SentForReview):
        await publish_thread(server, writer, [Draft("One"), Draft("Two")])
    await consume()
    (publication,) = await publications(server, editor, team)
    await approve_publication(server, editor, publication.id)
    await publish_due_publications(server)
    assert await texts(server) == ["One", "Two"]


async def test_what_is_too_long_is_refused_and_not_sent_for_review(server: Server, writer: Viewer) -> None:
    with pytest.raises(Invalid) as refusal:
        await post(server, writer, "x" * 141)
    assert refusal.value.code == "ERR_TOO_LONG"
    assert await server.db.value("SELECT count(*) FROM submissions") == 0


async def test_nobody_approves_what_they_wrote_or_changed(server: Server, team: Team, editor: Viewer) -> None:
    other = await team.member("other", Role.EDITOR)
    publication = await write_publication(server, editor, await team.account("brand"), [Draft("Mine")])
    await submit_publication(server, editor, publication.id)
    with pytest.raises(SelfApproval) as refusal:
        await approve_publication(server, editor, publication.id)
    assert refusal.value.http_status == 403
    await revise_publication(server, other, publication.id, [Draft("Ours")])
    with pytest.raises(SelfApproval):
        await approve_publication(server, other, publication.id)


async def test_two_stages_need_two_people(
    server: Server, team: Team, writer: Viewer, editor: Viewer, chief: Viewer
) -> None:
    await set_rule(server, chief.user_id, team.organization.id, [Tier(), Tier(Role.ADMIN)])
    publication = await write_publication(server, writer, await team.account("brand"), [Draft("Careful")])
    await submit_publication(server, writer, publication.id)
    assert (await approve_publication(server, editor, publication.id)).state is S.IN_REVIEW
    with pytest.raises(NotAnApprover):
        await approve_publication(server, editor, publication.id)
    with pytest.raises(SelfApproval):
        await approve_publication(server, writer, publication.id)
    assert (await approve_publication(server, chief, publication.id)).state is S.APPROVED
    scheduled = await schedule_publication(server, writer, publication.id)
    assert scheduled.state is S.SCHEDULED
    await publish_due_publications(server)
    assert await texts(server) == ["Careful"]


async def test_other_words_void_what_was_approved(server: Server, team: Team, writer: Viewer, editor: Viewer) -> None:
    publication = await write_publication(server, writer, await team.account("brand"), [Draft("Good")])
    await submit_publication(server, writer, publication.id)
    await approve_publication(server, editor, publication.id)
    revised = await revise_publication(server, writer, publication.id, [Draft("Bad")])
    assert revised.state is S.DRAFT
    with pytest.raises(NeedsApproval):
        await schedule_publication(server, writer, publication.id)
    with pytest.raises(NeedsApproval):
        await schedule_publication(server, editor, publication.id)


async def test_the_gate_refuses_words_that_were_changed_behind_its_back(
    server: Server, team: Team, writer: Viewer, editor: Viewer
) -> None:
    publication = await write_publication(server, writer, await team.account("brand"), [Draft("Good")])
    await submit_publication(server, writer, publication.id)
    await approve_publication(server, editor, publication.id)
    await schedule_publication(server, editor, publication.id)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM approvals WHERE subject_id = ?", publication.id)
    await publish_due_publications(server)
    found = await get_publication(server.db, editor, publication.id)
    assert (found.state, await texts(server)) == (S.IN_REVIEW, [])
    assert "approved" in found.reason


async def test_a_rule_holds_for_editors_and_every_path(
    server: Server, team: Team, editor: Viewer, chief: Viewer, consume: Consume, clock: FixedClock
) -> None:
    early = await post(server, editor, "Before the rule")
    await schedule_posts(server, editor, [Draft("Planned before")], clock.now() + HOUR)
    await set_rule(server, chief.user_id, team.organization.id, [Tier(Role.ADMIN)])
    await sent(server, editor, "From a phone")
    with pytest.raises(NeedsApproval):
        await edit_status(server, editor, early.id, Correction(text="Changed"))
    answer = await post(server, editor, "Answers are free", to=early)
    assert answer.in_reply_to_id == early.id
    clock.move(HOUR)
    await publish_due_posts(server)
    assert await texts(server) == ["Before the rule", "Answers are free"]
    await consume()
    assert {each.drafts[0].text for each in await publications(server, chief, team)} == {
        "From a phone",
        "Planned before",
    }


async def test_a_rule_may_cover_answers(server: Server, team: Team, editor: Viewer, chief: Viewer) -> None:
    early = await post(server, editor, "Before the rule")
    await set_rule(server, chief.user_id, team.organization.id, [Tier()], covers_answers=True)
    with pytest.raises(SentForReview):
        await post(server, editor, "An answer", to=early)


async def test_the_rule_of_an_account_counts_before_that_of_its_organization(
    server: Server, team: Team, editor: Viewer, chief: Viewer
) -> None:
    free = await team.account("free")
    await set_rule(server, chief.user_id, team.organization.id, [Tier(), Tier()])
    await set_rule(server, chief.user_id, team.organization.id, [Tier()], account_id=free)
    publication = await write_publication(server, editor, free, [Draft("One stage")])
    await submit_publication(server, editor, publication.id)
    assert (await approve_publication(server, chief, publication.id)).state is S.APPROVED


async def test_rules_are_set_by_those_who_may(server: Server, team: Team, editor: Viewer) -> None:
    with pytest.raises(Forbidden):
        await set_rule(server, editor.user_id, team.organization.id, [Tier()])
    stranger = await new_user(server, "stranger@example.org")
    with pytest.raises(NotFound):
        await set_rule(server, stranger.id, team.organization.id, [Tier()])


async def test_when_the_named_approver_has_left_an_owner_may_approve(
    server: Server, team: Team, editor: Viewer, chief: Viewer
) -> None:
    named = await team.member("named", Role.EDITOR)
    await set_rule(server, chief.user_id, team.organization.id, [Tier(user_ids=(named.user_id,))])
    publication = await write_publication(server, editor, await team.account("brand"), [Draft("Who reads me?")])
    await submit_publication(server, editor, publication.id)
    with pytest.raises(NotAnApprover):
        await approve_publication(server, chief, publication.id)
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM memberships WHERE user_id = ?", named.user_id)
    assert (await approve_publication(server, chief, publication.id)).state is S.APPROVED


async def test_sent_back_with_a_reason_and_sent_again(
    server: Server, team: Team, writer: Viewer, editor: Viewer
) -> None:
    publication = await write_publication(server, writer, await team.account("brand"), [Draft("Hm")])
    await submit_publication(server, writer, publication.id)
    with pytest.raises(Forbidden):
        await request_changes(server, writer, publication.id, "No")
    back = await request_changes(server, editor, publication.id, "Say when.")
    assert (back.state, back.reason) == (S.CHANGES_REQUESTED, "Say when.")
    await revise_publication(server, writer, publication.id, [Draft("At nine")])
    assert (await submit_publication(server, writer, publication.id)).reason == ""
    done = [each.step for each in await list_revisions(server.db, writer, publication.id, Page())]
    assert done == [Step.SUBMIT, Step.REVISE, Step.REQUEST_CHANGES, Step.SUBMIT, Step.WRITE]


async def test_two_who_write_at_once_do_not_lose_words(
    server: Server, team: Team, writer: Viewer, editor: Viewer
) -> None:
    publication = await write_publication(server, writer, await team.account("brand"), [Draft("One")])
    await revise_publication(server, editor, publication.id, [Draft("Two")], publication.revision)
    with pytest.raises(ChangedMeanwhile):
        await revise_publication(server, writer, publication.id, [Draft("Three")], publication.revision)
    with pytest.raises(WrongState):
        await approve_publication(server, editor, publication.id)


async def test_colleagues_comment_and_others_see_nothing(server: Server, team: Team, writer: Viewer) -> None:
    publication = await write_publication(server, writer, await team.account("brand"), [Draft("Canary-7f3a")])
    await comment_on_publication(server, writer, publication.id, "Too long?")
    comments = await list_comments(server.db, writer, publication.id, Page())
    assert [comment.text for comment in comments] == ["Too long?"]
    rival = await (await new_team(server, "Kindy")).member("rival", Role.ADMIN)
    for stranger in (rival, Viewer(), replace(rival, account_id=writer.account_id)):
        with pytest.raises(NotFound):
            await get_publication(server.db, stranger, publication.id)
        with pytest.raises(NotFound):
            await list_publications(server.db, stranger, team.organization.id, Page(), PublicationFilter())
        with pytest.raises(NotFound):
            await write_publication(server, stranger, await team.account("brand"), [Draft("Hello")])


async def test_a_member_for_one_account_sees_only_its_publications(server: Server, team: Team, editor: Viewer) -> None:
    await write_publication(server, editor, await team.account("brand"), [Draft("Brand")])
    await write_publication(server, editor, await team.account("other"), [Draft("Other")])
    narrow = await team.member("narrow", Role.EDITOR, "other")
    assert [each.drafts[0].text for each in await publications(server, narrow, team)] == ["Other"]
    analyst = await team.member("analyst", Role.ANALYST)
    assert len(await publications(server, analyst, team)) == 2
    with pytest.raises(Forbidden):
        await write_publication(server, analyst, await team.account("brand"), [Draft("Hello")])
    await add_member(server, team.organization.id, analyst.user_id, Role.EDITOR, await team.account("other"))
    await write_publication(server, analyst, await team.account("other"), [Draft("Hello")])
