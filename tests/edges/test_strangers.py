"""Notifications of people one does not know: chosen on a page or by a client, waiting on a page, let in."""

import httpx

from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.edges.reader import Reader, create, digest, fields_of
from tests.edges.test_mastodon_moderation import client_of
from tests.edges.test_pages_decks import viewer_of

POLICY = "/api/v2/notifications/policy"
REQUESTS = "/api/v1/notifications/requests"


async def test_who_is_set_apart_waits_on_a_page_until_let_in(server: Server, alma: Reader, leo: Reader) -> None:
    await alma.open("/settings/notifications")
    await alma.send("/settings/notifications/strangers", for_not_following="filter")
    assert alma.soup.select("#for_not_following option[selected]")[0]["value"] == "filter"
    status = await publish_status(server, await viewer_of(server, "leo"), Draft("Bonjour @alma"))
    await digest(server)
    await alma.open("/notifications")
    assert "1 person whom you do not know waits" in alma.text and not alma.soup.select(".notification-head")
    await alma.open("/notifications/requests")
    assert "Bonjour @alma" in alma.text and "Waiting: 1" in alma.text
    account = await get_account_by_acct(server, "leo")
    (form,) = alma.soup.select(".person-row form")
    alma.page = await alma.http.post(
        f"/notifications/requests/{account.id}/accept",
        data=fields_of(form),
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "Nobody here yet" in alma.text
    await alma.open("/notifications")
    assert alma.soup.select(f'[data-status="{status.id}"]') and "waits" not in alma.text


async def test_a_choice_that_does_not_exist_is_refused(alma: Reader) -> None:
    await alma.open("/settings/notifications")
    await alma.send("/settings/notifications/strangers", for_not_following="perhaps")
    assert alma.page.status_code == 422


async def client_with_a_stranger(server: Server) -> tuple[httpx.AsyncClient, str]:
    """Of ada, to whom bob has written; the id of bob."""
    user, account, _viewer = await create(server, "ada")
    client = await client_of(server, user, account)
    assert (await client.patch(POLICY, json={"for_not_following": "filter"})).status_code == 200
    _user, bob, viewer = await create(server, "bob")
    await publish_status(server, viewer, Draft("Hello @ada"))
    await digest(server)
    return client, str(bob.id)


async def test_a_client_reads_the_requests_and_lets_in(server: Server) -> None:
    client, bob = await client_with_a_stranger(server)
    assert (await client.get("/api/v1/notifications")).json() == []
    (request,) = (await client.get(REQUESTS)).json()
    assert request["id"] == bob == request["account"]["id"] and request["notifications_count"] == "1"
    assert request["last_status"]["content"].startswith("<p>Hello")
    assert (await client.get(f"{REQUESTS}/{bob}")).json() == request
    summary = {"pending_requests_count": 1, "pending_notifications_count": 1}
    assert (await client.get(POLICY)).json()["summary"] == summary
    assert (await client.post(f"{REQUESTS}/{bob}/accept")).json() == {}
    assert len((await client.get("/api/v1/notifications")).json()) == 1
    assert (await client.get(f"{REQUESTS}/{bob}")).status_code == 404
    assert (await client.get(f"{REQUESTS}/merged")).json() == {"merged": True}


async def test_a_client_puts_requests_away_together(server: Server) -> None:
    client, bob = await client_with_a_stranger(server)
    assert (await client.post(f"{REQUESTS}/dismiss", data={"id[]": bob})).json() == {}
    assert (await client.get(REQUESTS)).json() == []
    assert (await client.post(f"{REQUESTS}/{bob}/dismiss")).status_code == 404


async def test_both_versions_of_the_policy_are_one(server: Server) -> None:
    user, account, _viewer = await create(server, "ada")
    client = await client_of(server, user, account)
    first = "/api/v1/notifications/policy"
    changed = (await client.put(first, data={"filter_new_accounts": "true"})).json()
    assert changed["filter_new_accounts"] is True and changed["filter_not_following"] is False
    second = (await client.get(POLICY)).json()
    assert second["for_new_accounts"] == "filter" and second["for_limited_accounts"] == "filter"
    refused = await client.patch(POLICY, json={"for_new_accounts": "perhaps"})
    assert refused.status_code == 422 and "accept, filter or drop" in refused.json()["error"]
