"""Polls on the pages: a plain form, then bars; totals hidden when asked; threads muted from the menu of a post."""

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.actions.polls import end_due_polls
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, PollDraft, Status
from mesange.kit.server import Server
from tests.edges.reader import Reader, create, digest

POLL = PollDraft(("Bleu", "Jaune", "Blanc"), 300)


async def ask(server: Server, poll: PollDraft = POLL, warning: str = "") -> Status:
    _, _, viewer = await create(server, f"asker{server.ids.next()}")
    return await publish_status(server, viewer, Draft("Quelle couleur ?", warning, poll=poll))


async def answer(reader: Reader, status: Status, *choices: str, **headers: str) -> None:
    """Press "Vote" with these ticked."""
    form = reader.soup.select(".poll-form")[0]
    fields = {str(each["name"]): str(each["value"]) for each in form.select("[type=hidden]")}
    reader.page = await reader.http.post(
        f"/statuses/{status.id}/vote", data=fields | {"choices[]": list(choices)}, headers=headers
    )


def bars(reader: Reader) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in reader.soup.select(".poll-bars li")]


async def test_a_vote_without_a_script_comes_back_to_the_page(leo: Reader) -> None:
    status = await ask(leo.server)
    await leo.open("/local")
    assert [each["type"] for each in leo.soup.select(".poll-choice input")] == ["radio"] * 3
    await answer(leo, status, "1")
    assert leo.page.url.path == "/local"
    assert "Votre vote est compté." in leo.text
    assert bars(leo) == ["Bleu 0 % , 0 voix", "Jaune Votre choix 100 % , 1 voix", "Blanc 0 % , 0 voix"]
    assert not leo.soup.select(".poll-form")


async def test_a_vote_by_htmx_brings_the_poll_alone(leo: Reader) -> None:
    status = await ask(leo.server, PollDraft(POLL.options, 300, is_multiple=True))
    await leo.open("/local")
    assert [each["type"] for each in leo.soup.select(".poll-choice input")] == ["checkbox"] * 3
    await answer(leo, status, "0", "2", **{"HX-Request": "true"})
    assert not leo.soup.select("html")
    assert [each.get("data-chosen") is not None for each in leo.soup.select(".poll-bars li")] == [True, False, True]


async def test_hidden_totals_are_hidden_until_the_end(leo: Reader) -> None:
    status = await ask(leo.server, PollDraft(POLL.options, 300, hides_totals=True))
    await leo.open("/local")
    assert not leo.soup.select(".poll-results")
    await answer(leo, status, "0")
    assert "%" not in leo.soup.select(".post-poll")[0].get_text()
    async with leo.server.db.transaction() as tx:
        await tx.execute("UPDATE polls SET expires_at = 1")
    await end_due_polls(leo.server)
    await leo.open("/local")
    assert "100\xa0%" in leo.soup.select(".post-poll")[0].get_text()
    assert "terminé" in leo.text


async def test_the_end_is_told_on_the_page_of_notifications(leo: Reader) -> None:
    status = await ask(leo.server)
    await leo.open("/local")
    await answer(leo, status, "0")
    async with leo.server.db.transaction() as tx:
        await tx.execute("UPDATE polls SET expires_at = 1")
    await end_due_polls(leo.server)
    await digest(leo.server)
    await leo.open("/notifications")
    assert "posait une question : le sondage est terminé" in leo.text


async def test_a_refused_vote_is_said_in_words(leo: Reader) -> None:
    status = await ask(leo.server)
    await leo.open("/local")
    page = leo.page
    await answer(leo, status)
    assert leo.page.status_code == 422
    assert "Choisissez au moins une réponse" in leo.text
    leo.page = page
    await answer(leo, status, "0")
    leo.page = page
    await answer(leo, status, "1")
    assert "Vous avez déjà voté à ce sondage" in leo.text


async def test_a_visitor_sees_bars_and_no_form(reader: Reader) -> None:
    status = await ask(reader.server, warning="Surprise")
    await reader.open(f"/statuses/{status.id}")
    assert len(bars(reader)) == 3
    assert reader.soup.select(".post-poll details summary")
    assert not reader.soup.select(".poll-form")


async def test_one_does_not_vote_in_one_s_own_poll(alma: Reader) -> None:
    account = await alma.server.db.row("SELECT id, user_id FROM accounts WHERE username = 'alma'")
    assert account
    viewer = Viewer(account_id=account[0], user_id=account[1])
    await publish_status(alma.server, viewer, Draft("Which?", poll=POLL))
    await alma.open("/")
    assert len(bars(alma)) == 3
    assert not alma.soup.select(".poll-form")


async def test_a_thread_is_muted_from_the_menu_of_a_post(leo: Reader) -> None:
    status = await ask(leo.server)
    await leo.open("/local")
    await leo.press(f"/statuses/{status.id}/mute")
    assert "Entendre à nouveau parler de ce fil" in leo.text
    await leo.press(f"/statuses/{status.id}/unmute")
    assert "Mettre ce fil en sourdine" in leo.text
