"""The consent page of OAuth: which client asks for what, and for which of one's accounts (RFC 6749, 7636, 9700)."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from mesange.core.accounts.actions.clients import Grant, grant_code
from mesange.core.accounts.model import Account, OAuthClient
from mesange.core.accounts.model.scopes import DEFAULT_SCOPES, are_known, are_within
from mesange.core.accounts.queries import find_client, list_own_accounts
from mesange.edges.pages.permissions import sentences
from mesange.edges.pages.sign_in import language_in
from mesange.front.faces import person_of
from mesange.front.visit import Visit
from mesange.kit.errors import BadRequest, Forbidden
from mesange.kit.web.response import Response, redirect

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
KEPT = ("client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method")


class UnknownClient(BadRequest):
    public_text = "This application is not known here, or asks to be called back at an address it did not register."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for consent. `problem` is an error code of RFC 6749 4.1.2.1, told to the client."""

    client: OAuthClient
    redirect_uri: str
    scopes: str
    state: str
    challenge: str
    problem: str = ""

    def answer(self, **values: str) -> str:
        """The client's address with the answer in its query."""
        given = {**values, "state": self.state} if self.state else values
        separator = "&" if urlsplit(self.redirect_uri).query else "?"
        return f"{self.redirect_uri}{separator}{urlencode(given)}"


async def asked_in(visit: Visit) -> Asked:
    """Raises UnknownClient: nobody is ever sent to an address that the client did not register, letter by letter."""
    client = await find_client(visit.server.db, visit.text("client_id"))
    redirect_uri = visit.text("redirect_uri")
    if client is None or redirect_uri not in client.redirect_uris.split():
        raise UnknownClient()
    scopes = " ".join(visit.text("scope").split()) or DEFAULT_SCOPES
    challenge = visit.text("code_challenge")
    problem = _problem(visit, client, scopes, challenge)
    return Asked(client, redirect_uri, scopes, visit.text("state"), challenge, problem)


def _problem(visit: Visit, client: OAuthClient, scopes: str, challenge: str) -> str:
    if visit.text("response_type") != "code":
        return "unsupported_response_type"
    if not are_known(scopes) or not are_within(scopes, client.scopes):
        return "invalid_scope"
    if challenge and visit.text("code_challenge_method") != "S256":
        return "invalid_request"
    return ""


async def show(visit: Visit) -> Response:
    asked = await asked_in(visit)
    if asked.problem:
        return _refuse(asked, asked.problem)
    if visit.text("force_login").lower() in ("true", "1"):
        query = urlencode({name: visit.text(name) for name in (*KEPT, "lang") if visit.text(name)})
        return redirect(f"/sign-in?again=1&return={quote(f'/oauth/authorize?{query}')}")
    visit.language = language_in(f"?lang={visit.text('lang')}") or visit.language
    visit.forms_to = f"'self' {form_target(asked.redirect_uri)}"
    held = await list_own_accounts(visit.server, visit.viewer.user_id)
    return await visit.page(
        "consent.html",
        client=asked.client,
        asked={name: visit.text(name) for name in KEPT if visit.text(name)},
        accounts=[person_of(visit.server, account) for account in held],
        scopes=sentences(visit, asked.scopes),
    )


def form_target(address: str) -> str:
    """What the page's policy must name, so that the browser follows the answer out of our form."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https") and parts.netloc.isascii() and not set(parts.netloc) & set(" ;,'\""):
        return f"{parts.scheme}://{parts.netloc}"
    return f"{parts.scheme}:"


async def decide(visit: Visit) -> Response:
    asked = await asked_in(visit)
    if asked.problem or visit.text("decision") != "allow":
        return _refuse(asked, asked.problem or "access_denied")
    account = await _chosen_account(visit)
    grant = Grant(asked.client, account, asked.scopes, asked.redirect_uri, asked.challenge)
    code = await grant_code(visit.server, visit.viewer.user_id, grant)
    if asked.redirect_uri == OUT_OF_BAND:
        return await visit.page("code.html", client=asked.client, code=code)
    return redirect(asked.answer(code=code))


async def _chosen_account(visit: Visit) -> Account:
    """Raises Forbidden for an account that is not one's own."""
    for account in await list_own_accounts(visit.server, visit.viewer.user_id):
        if str(account.id) == visit.text("account"):
            return account
    raise Forbidden()


def _refuse(asked: Asked, problem: str) -> Response:
    if asked.redirect_uri == OUT_OF_BAND:
        raise BadRequest("The application asked in a way that cannot be granted, or you said no.")
    return redirect(asked.answer(error=problem))
