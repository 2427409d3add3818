"""Getting in and out: sign-up, confirmation, sign-in, reset, the owner's link, accounts, sessions, consent."""

import pytest

from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.actions.users import offer_owner_link
from mesange.core.accounts.queries import find_user, get_account_by_acct, viewer_by_token
from mesange.edges.pages.authorize import form_target
from mesange.edges.pages.session_settings import browser_in
from mesange.front.guard import safe_return
from mesange.kit.server import Server
from tests.edges.reader import PASSWORD, Reader, create


async def link_in_outbox(reader: Reader) -> str:
    await reader.open("/dev/outbox")
    return str(reader.soup.select(".mailing a")[0]["href"]).removeprefix("http://127.0.0.1:8140")


async def test_a_newcomer_signs_up_confirms_and_is_in(reader: Reader) -> None:
    await reader.open("/sign-up")
    await reader.send("/sign-up", username="nour", email="nour@example.com", password=PASSWORD)
    assert "We wrote to nour@example.com" in reader.text
    link = await link_in_outbox(reader)
    await reader.open(link)
    await reader.send(link)
    assert reader.page.url.path == "/"
    assert "Your address is confirmed. Welcome!" in reader.text
    assert (await reader.open(link)).status_code == 404, "a link is good once"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "a b", "A name is made of letters without accents, figures and _."),
        ("username", "alma", "This name is taken."),
        ("email", "nowhere", "This does not look like a mail address."),
        ("password", "short", "A password has at least 8 signs."),
    ],
)
async def test_sign_up_says_what_is_wrong_beside_the_field(
    server: Server, reader: Reader, field: str, value: str, sentence: str
) -> None:
    await create(server, "alma")
    await reader.open("/sign-up")
    typed = {"username": "nour", "email": "nour@example.com", "password": PASSWORD} | {field: value}
    await reader.send("/sign-up", **typed)
    assert reader.page.status_code in (409, 422)
    assert reader.soup.select(f"#{field}-problem")[0].get_text(strip=True) == sentence
    assert reader.soup.select("#email")[0]["value"] == typed["email"]


async def test_a_wrong_password_says_no_more_than_that(server: Server, reader: Reader) -> None:
    await create(server, "alma")
    said: list[str] = []
    for email in ("alma@example.com", "nobody@example.com"):
        await reader.open("/sign-in")
        await reader.send("/sign-in", email=email, password="not this one")
        assert reader.page.status_code == 401
        said.append(reader.soup.select(".notice")[0].get_text(strip=True))
    assert said == ["The address or the password is not right."] * 2


async def test_a_new_password_ends_every_session(alma: Reader, reader: Reader) -> None:
    await reader.open("/reset")
    await reader.send("/reset", email="alma@example.com")
    link = await link_in_outbox(reader)
    await reader.open(link)
    await reader.send(link, password="another quiet sentence")
    assert "Your new password is set" in reader.text
    await alma.open("/settings/profile")
    assert alma.page.url.path == "/sign-in"


async def test_the_owners_link_opens_the_server_once(server: Server, reader: Reader) -> None:
    link = f"/owner/{await offer_owner_link(server)}"
    await reader.open(link)
    await reader.send(link, username="alma", email="alma@example.com", password=PASSWORD)
    assert reader.page.url.path == "/"
    assert (await Reader(server).open(link)).status_code == 404


async def test_one_login_posts_as_several_accounts(alma: Reader) -> None:
    await alma.open("/settings/accounts")
    await alma.send("/settings/accounts", username="la_mesange")
    await alma.open("/")
    assert "la_mesange" in alma.soup.select(".composer-as")[0].get_text()
    first = str(alma.soup.select("form[action='/switch'] button")[0]["value"])
    await alma.send("/switch", account=first)
    assert "@alma" in alma.soup.select(".composer-as")[0].get_text()


async def test_nobody_posts_as_an_account_of_another(alma: Reader, server: Server) -> None:
    _user, account, _viewer = await create(server, "other")
    await alma.open("/settings/accounts")
    await alma.send("/switch", account=str(account.id))
    assert alma.page.status_code == 404


async def test_another_browser_is_signed_out_from_the_list(server: Server, alma: Reader) -> None:
    elsewhere = Reader(server)
    await elsewhere.sign_in("alma")
    await alma.open("/settings/sessions")
    assert "This one" in alma.text
    await alma.send("/settings/sessions", end=str(alma.soup.select("button[name=end]")[0]["value"]))
    await elsewhere.open("/notifications")
    assert elsewhere.page.url.path == "/sign-in"


async def test_access_given_to_an_application_can_be_taken_back(server: Server, alma: Reader) -> None:
    account = await get_account_by_acct(server, "alma")
    user = await find_user(server.db, account.user_id or 0)
    client, _secret = await register_client(server, Registration("Ivory", ["com.example:/done"], "read"))
    assert user is not None
    token = await create_token(server, client, user, account, "read")
    await alma.open("/settings/sessions")
    assert "Ivory" in alma.text and "Read what you can read" in alma.text
    await alma.send("/settings/sessions", revoke=str(alma.soup.select("button[name=revoke]")[0]["value"]))
    await alma.open("/settings/sessions")
    assert "No application acts for you." in alma.text
    assert await viewer_by_token(server, token) is None


async def test_consent_says_what_is_asked_and_for_which_account(server: Server, alma: Reader) -> None:
    client, _secret = await register_client(
        server, Registration("Ivory", ["com.example:/done"], "read write:statuses write:media")
    )
    query = f"client_id={client.client_id}&redirect_uri=com.example:/done&response_type=code"
    await alma.open(f"/oauth/authorize?{query}&scope=read+write:statuses+write:media&state=s")
    assert "Read what you can read" in alma.text
    assert "Change only: media, posts" in alma.text
    assert "com.example:" in alma.page.headers["content-security-policy"]
    assert alma.soup.select(".choice")[0].get_text(strip=True) == "alma@alma"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://app.example/back?x=1", "https://app.example"),
        ("http://localhost:9999/", "http://localhost:9999"),
        ("com.tapbots.Ivory.10217:/request_token", "com.tapbots.ivory.10217:"),
        ("https://a;script-src *", "https:"),
    ],
)
def test_the_policy_lets_the_answer_out_to_the_client_only(address: str, target: str) -> None:
    assert form_target(address) == target


@pytest.mark.parametrize("address", ["/", "/@alma/12#post-12", "/tags/caf%C3%A9?max_id=3", "/oauth/authorize?a=b%2Fc"])
def test_a_path_of_ours_is_returned_to(address: str) -> None:
    assert safe_return(address) == address


@pytest.mark.parametrize(
    "address", ["", None, ["/"], "x", "//evil", "/\\evil", "/%2Fevil", "/./evil", "/a//b", "/;@evil", "/" + "a" * 5_000]
)
def test_everything_else_leads_home(address: object) -> None:
    assert safe_return(address) == "/"


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8.0", "curl/8.0"),
        ("", "?"),
    ],
)
def test_a_session_is_named_after_its_browser(agent: str, shown: str) -> None:
    assert browser_in(agent) == shown
