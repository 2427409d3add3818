"""The page where one hides or deletes an account, and the way back."""

from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.edges.reader import PASSWORD, Reader, create


def form(reader: Reader, how: str) -> dict[str, str]:
    csrf = str(reader.soup.select('[name="csrf"]')[0]["value"])
    return {"csrf": csrf, "how": how}


async def leave(reader: Reader, how: str, **typed: str) -> None:
    await reader.open("/settings/data/leave")
    reader.page = await reader.http.post(
        "/settings/data/leave", data=form(reader, how) | typed, headers={"Sec-Fetch-Site": "same-origin"}
    )


async def test_an_account_is_deleted_only_by_its_name_and_comes_back_by_signing_in(
    server: Server, alma: Reader, reader: Reader
) -> None:
    await leave(alma, "delete", name="almo")
    assert alma.page.status_code == 422 and "not the name of the account" in alma.text
    await leave(alma, "delete", name="@Alma")
    assert alma.page.url.path == "/" and "will be deleted" in alma.text
    for path in ("/@alma", "/@alma.rss", "/@alma.atom"):
        assert (await reader.open(path)).status_code == 410, path
    missing = await reader.open("/.well-known/webfinger?resource=acct:nobody@127.0.0.1:8140")
    hidden = await reader.open("/.well-known/webfinger?resource=acct:alma@127.0.0.1:8140")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert (await alma.open("/settings/data")).url.path == "/sign-in"
    await alma.sign_in("alma")
    assert (await reader.open("/@alma")).status_code == 200


async def test_a_borrowed_session_deletes_nothing(server: Server, alma: Reader) -> None:
    await alma.open("/settings/data")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE sessions SET proven_at = 0")
    await alma.open("/settings/data/leave")
    assert alma.page.url.path == "/settings/security/prove"
    csrf = {"csrf": str(alma.soup.select('[name="csrf"]')[0]["value"])}
    await alma.http.post("/settings/data/leave", data=csrf | {"how": "hide"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (await alma.open("/@alma")).status_code == 200
    await alma.open("/settings/data/leave")
    await alma.send("/settings/security/prove", password=PASSWORD)
    assert alma.page.url.path == "/settings/data"


async def test_another_account_of_the_login_brings_it_back(server: Server, alma: Reader, reader: Reader) -> None:
    await alma.open("/settings/accounts")
    await alma.send("/settings/accounts", username="second")
    await leave(alma, "hide")
    assert (await reader.open("/@second")).status_code == 410
    await alma.sign_in("alma")
    await alma.open("/settings/data")
    assert "Hidden until you bring it back" in alma.text
    account = str(alma.soup.select('button[name="account"]')[0]["value"])
    await alma.send("/settings/data/return", account=account)
    assert (await reader.open("/@second")).status_code == 200


async def test_f2_posts_of_who_left_are_in_no_feed(server: Server, alma: Reader, reader: Reader) -> None:
    _user, _account, leo = await create(server, "leo")
    await publish_status(server, leo, Draft("canary #aviary"))
    assert "canary" in (await reader.open("/tags/aviary.rss")).text
    other = Reader(server)
    await other.sign_in("leo")
    await leave(other, "hide")
    for path in ("/tags/aviary.rss", "/tags/aviary", "/local", "/api/v1/timelines/public"):
        assert "canary" not in (await reader.open(path)).text, path
