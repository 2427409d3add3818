"""What protects a sign-in, on its pages: codes, recent proof, roles that must, applications that ask again."""

import re

import pytest
from msgspec.structs import replace as changed
from pyotp.totp import TOTP

from mesange.core.accounts.actions.clients import Registration, register_client
from mesange.core.accounts.actions.users import create_user, set_password
from mesange.core.accounts.model import UserRole
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import find_user_by_email, viewer_by_session
from mesange.front.guard import safe_return
from mesange.kit.server import Server
from tests.edges.reader import PASSWORD, Reader
from tests.edges.test_pages_doors import link_in_outbox


async def set_up_codes(reader: Reader) -> tuple[str, list[str]]:
    """The secret, and the recovery codes that were shown."""
    await reader.open("/settings/security/codes")
    secret = re.sub(r"\s", "", reader.soup.select("code")[0].get_text())
    assert str(reader.soup.select("img.qr")[0]["src"]).startswith("data:image/svg+xml")
    await reader.send("/settings/security/codes", code=TOTP(secret).now())
    return secret, [code.get_text() for code in reader.soup.select(".codes code")]


async def age_proof(server: Server) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE sessions SET proven_at = 0")


async def test_a_code_is_asked_after_the_password(server: Server, alma: Reader, reader: Reader) -> None:
    _, recovery = await set_up_codes(alma)
    assert len(recovery) == 10
    await reader.open("/sign-in?return=/notifications")
    await reader.send("/sign-in", email="alma@example.com", password=PASSWORD)
    assert reader.page.url.path == "/sign-in/code" and "One more step" in reader.text
    await reader.send("/sign-in/code", code="123456")
    assert reader.page.status_code == 422 and "This code is not right" in reader.text
    await reader.send("/sign-in/code", code=recovery[0])
    assert reader.page.url.path == "/notifications"


async def test_h3_nobody_steps_over_the_password(server: Server, alma: Reader, reader: Reader) -> None:
    _, recovery = await set_up_codes(alma)
    await reader.open("/sign-in/code")
    assert reader.page.url.path == "/sign-in"
    await reader.open("/sign-in")
    await reader.send("/sign-in", email="alma@example.com", password=PASSWORD)
    thief = Reader(server)
    await thief.open("/sign-in")
    fields = {"csrf": str(thief.soup.select("input[name=csrf]")[0]["value"]), "code": recovery[0]}
    thief.page = await thief.http.post("/sign-in/code", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Begin again" in thief.text and thief.page.url.path == "/sign-in"
    assert (await thief.open("/notifications")).url.path == "/sign-in"


async def test_g14_codes_are_counted_by_login_and_by_network(server: Server, alma: Reader) -> None:
    await set_up_codes(alma)
    server.settings = changed(server.settings, rate_limits="on")
    told: list[int] = []
    for _ in range(3):
        thief = Reader(server)
        await thief.open("/sign-in")
        await thief.send("/sign-in", email="alma@example.com", password=PASSWORD)
        for _ in range(5):
            if thief.page.url.path != "/sign-in/code":
                break
            form = thief.page
            await thief.send("/sign-in/code", code="000000")
            told.append(thief.page.status_code)
            thief.page = form if thief.page.status_code == 429 else thief.page
    assert told.count(422) == 10 and told[-1] == 429


async def test_g12_each_place_that_takes_a_password_or_code_has_a_limit(server: Server, alma: Reader) -> None:
    """Per account: the eleventh wrong try in a quarter of an hour is not looked at."""
    await age_proof(server)
    server.settings = changed(server.settings, rate_limits="on")
    told: list[int] = []
    await alma.open("/settings/security")
    form = alma.page
    for _ in range(11):
        alma.page = form
        await alma.send("/settings/security/prove", password="not this one")
        told.append(alma.page.status_code)
    assert told == [401] * 10 + [429]


async def test_g12_new_addresses_are_counted(server: Server, alma: Reader) -> None:
    server.settings = changed(server.settings, rate_limits="on")
    told: list[int] = []
    for number in range(6):
        await alma.open("/settings/security")
        await alma.send("/settings/security/email", email=f"n{number}@example.com")
        told.append(alma.page.status_code)
    assert told == [200] * 5 + [429]


async def test_what_protects_is_changed_only_after_a_recent_proof(server: Server, alma: Reader) -> None:
    await age_proof(server)
    for path in ("/settings/security", "/settings/security/codes"):
        await alma.open(path)
        assert alma.page.url.path == "/settings/security/prove", path
    csrf = str(alma.soup.select("input[name=csrf]")[0]["value"])
    for act in (
        "password",
        "email",
        "codes",
        "codes/stop",
        "recovery",
        "passkeys",
        "passkeys/options",
        "passkeys/remove",
    ):
        fields = {"csrf": csrf, "password": "a stolen cookie", "email": "thief@example.com"}
        answer = await alma.http.post(
            f"/settings/security/{act}", data=fields, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False
        )
        assert answer.headers["location"].startswith("/settings/security/prove"), act
    await alma.send("/settings/security/prove", password="wrong")
    assert alma.page.status_code == 401 and "The password is not right." in alma.text
    await alma.send("/settings/security/prove", password=PASSWORD)
    assert alma.page.url.path == "/settings/security"


async def test_a_proof_asks_for_the_code_too(server: Server, alma: Reader) -> None:
    _, recovery = await set_up_codes(alma)
    await age_proof(server)
    await alma.open("/settings/security")
    await alma.send("/settings/security/prove", password=PASSWORD, code="000000")
    assert alma.page.status_code == 422
    await alma.send("/settings/security/prove", password=PASSWORD, code=recovery[0])
    assert "9 recovery codes are left." in alma.text
    await alma.send("/settings/security/recovery")
    assert len(alma.soup.select(".codes code")) == 10
    await alma.open("/settings/security")
    await alma.send("/settings/security/codes/stop")
    assert "No code is asked any more." in alma.text


async def test_e4_e10_a_new_password_ends_every_other_session(server: Server, alma: Reader) -> None:
    elsewhere = Reader(server)
    await elsewhere.sign_in("alma")
    await alma.open("/settings/security")
    await alma.send("/settings/security/password", password="short")
    assert "A password has at least 8 signs." in alma.text
    await alma.send("/settings/security/password", password="another quiet sentence")
    assert "every other session has ended" in alma.text
    assert (await elsewhere.open("/notifications")).url.path == "/sign-in"
    assert (await alma.open("/notifications")).url.path == "/notifications"


async def test_e6_a_password_set_by_command_ends_every_session_too(server: Server, alma: Reader) -> None:
    user = await find_user_by_email(server.db, "alma@example.com")
    assert user is not None
    await set_password(server, user.id, "a password of the keeper")
    assert (await alma.open("/notifications")).url.path == "/sign-in"


async def test_e10_signing_out_ends_the_cookie_on_the_server(server: Server, alma: Reader) -> None:
    secret = alma.http.cookies["session"]
    await alma.open("/")
    await alma.send("/sign-out")
    assert await viewer_by_session(server, secret) is None


async def test_e9_no_form_is_taken_from_elsewhere_and_no_cookie_is_readable(server: Server, alma: Reader) -> None:
    acts = "prove password email codes codes/stop recovery passkeys passkeys/options passkeys/remove".split()
    doors = "/sign-in /sign-in/code /sign-in/passkey /sign-in/passkey/options /sign-up /settings/invitations".split()
    for path in [*doors, *(f"/settings/security/{act}" for act in acts)]:
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            answer = await alma.http.post(path, data={"csrf": "x"}, headers=headers)
            assert answer.status_code == 403, path
    server.settings = changed(server.settings, origin="https://here.example")
    kept = (await Reader(server).open("/sign-in")).headers["set-cookie"]
    assert all(word in kept for word in ("__Host-visit=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"))


EVIL = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "http:evil.example",
    "/%2Fevil.example", "/%2f%2fevil.example", "%2F%2Fevil.example", "/%5Cevil.example", "///evil.example",
    "/ /evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example",
    " //evil.example", "/.//evil.example", "/..//evil.example", "/x//evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example/@alma", "/\u2044evil.example/", "/;//evil.example",
    "@evil.example", ".evil.example", "evil.example", "//[::1]/", "//127.1/", "/\x00/evil.example", "/%00/evil.example",
    "/%0d%0aLocation:%20//evil.example", "?//evil.example", "#//evil.example", "/%09/evil.example", "/%e3%80%82//evil",
    "https:/evil.example", "https:///evil.example", "https:evil.example", "///\\;@evil.example", "//evil%2eexample",
    "/?x=1\r\nSet-Cookie:a=b", "/sign-in//evil.example", "/\\/evil.example", "\\/evil.example", "/%2e%2e//evil.example",
    "//https://evil.example", "/https://evil.example", "/%255cevil.example/..//", "////evil.example", "/\\\\evil",
    "/\x7f/evil.example", "ftp://evil.example", "file:///etc/passwd", "//evil.example:80", "//user@evil.example",
    "/%2F/evil.example", "/%5c%5cevil.example", "//evil.example?/settings", "vbscript:x", "//\u3002evil.example",
)  # fmt: skip


def test_e8_sixty_spellings_of_another_site_all_lead_home() -> None:
    assert len(EVIL) >= 60
    leaving = [
        (spelling, kept) for spelling in EVIL
        if not re.fullmatch(r"/(?:[@\w][^\s\\]*)?", kept := safe_return(spelling)) or kept.startswith("//")
    ]  # fmt: skip
    assert not leaving
    assert all("evil" not in safe_return(each) for each in EVIL if each[:2] in ("//", "/\\", "\\\\"))


async def test_a_new_address_is_confirmed_by_its_letter(server: Server, alma: Reader) -> None:
    await alma.open("/settings/security")
    await alma.send("/settings/security/email", email="nope")
    assert "This does not look like a mail address." in alma.text
    await alma.send("/settings/security/email", email="alma.b@example.com")
    link = await link_in_outbox(alma)
    await alma.open(link)
    await alma.send(link)
    assert "Your new address counts from now on." in alma.text and "alma.b@example.com" in alma.text


async def test_a_role_that_must_finds_only_the_way_to_its_second_factor(server: Server) -> None:
    server.settings = changed(server.settings, second_factor_for=("admin",))
    await create_user(server, SignUp("boss", "boss@example.com", PASSWORD), UserRole.ADMIN)
    boss = Reader(server)
    await boss.open("/sign-in")
    await boss.send("/sign-in", email="boss@example.com", password=PASSWORD)
    assert boss.page.url.path == "/settings/security"
    assert "Your role asks for a second factor" in boss.text
    for path in ("/", "/admin", "/settings/profile", "/compose", "/oauth/authorize"):
        assert (await boss.open(path)).url.path == "/settings/security", path
    await set_up_codes(boss)
    assert (await boss.open("/admin")).url.path == "/admin"


@pytest.fixture
async def consent(server: Server) -> str:
    client, _ = await register_client(server, Registration("Ivory", ["com.example:/done"], "read"))
    return f"/oauth/authorize?client_id={client.client_id}&redirect_uri=com.example:/done&response_type=code&state=s"


async def test_an_application_may_ask_to_sign_in_again(server: Server, alma: Reader, consent: str) -> None:
    before = alma.http.cookies["session"]
    await alma.open(f"{consent}&force_login=true")
    assert alma.page.url.path == "/sign-in"
    await alma.send("/sign-in", email="alma@example.com", password=PASSWORD)
    assert alma.page.url.path == "/oauth/authorize" and "Let Ivory in?" in alma.text
    assert await viewer_by_session(server, before) is None
    await alma.open(f"{consent}&force_login=false")
    assert alma.page.url.path == "/oauth/authorize"


async def test_an_application_may_ask_for_a_language(alma: Reader, reader: Reader, consent: str) -> None:
    await alma.open(f"{consent}&lang=fr")
    assert "Elle pourra" in alma.text or 'lang="fr"' in alma.page.text
    await reader.open(f"{consent}&lang=fr-FR")
    assert reader.page.url.path == "/sign-in" and 'lang="fr"' in reader.page.text
    await reader.open(f"{consent}&lang=xx")
    assert 'lang="en"' in reader.page.text


async def test_a_second_factor_guards_the_consent_page_too(alma: Reader, reader: Reader, consent: str) -> None:
    _, recovery = await set_up_codes(alma)
    await reader.open(consent)
    await reader.send("/sign-in", email="alma@example.com", password=PASSWORD)
    assert reader.page.url.path == "/sign-in/code"
    await reader.send("/sign-in/code", code=recovery[0])
    assert reader.page.url.path == "/oauth/authorize"
