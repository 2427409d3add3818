"""A form that fails keeps what was typed and marks the field at fault: every form with words in it, by the routes."""

from collections.abc import AsyncIterator

from bs4 import Tag

from mesange.core.accounts.model import UserRole
from mesange.core.teams.actions import create_organization
from mesange.edges.pages.routes import routes
from mesange.kit.server import Server
from mesange.workspace.publishing.pages.routes import routes as publishing_routes
from tests.core.people import organization_account
from tests.edges.reader import Reader, fields_of
from tests.edges.test_pages_admin import new_staff

FAR_TOO_LONG = ("x " * 20_000).strip()
WORDS = "textarea[name], input[name]:is([type=text], [type=email], :not([type]))"
LET_PASS = {
    "/reset": "says the same of every address, known or not",
    "/sign-up": "is shown once more to who is quicker than people are",
    "/settings/data/leave": "asks for a secret, which never comes back",
    "/settings/security/codes": "asks for a code that is good once",
    "/settings/sessions/token": "shortens the name",
    "/admin/texts": "takes texts of this length",
    "/design": "shows fields and takes nothing",
}


async def forms_with_words(reader: Reader) -> AsyncIterator[tuple[str, Tag]]:
    """(where it is sent, form) of each one on a page whose address needs no id."""
    seen: set[tuple[str, ...]] = set()
    for path in sorted({route.path for route in (*routes(), *publishing_routes()) if route.method == "GET"}):
        is_page = not (
            path.startswith("/live/") or path.endswith("/live") or ":" in path or "*" in path
        )  # A stream never ends.
        page = await reader.open(path) if is_page else None
        if page is None or "text/html" not in page.headers.get("content-type", ""):
            continue
        for form in reader.soup.select("form[method=post]"):
            action = str(form.get("action") or path)
            key = (action, *(str(field["name"]) for field in form.select(WORDS)))
            if len(key) > 1 and key not in seen:
                seen.add(key)
                yield action, form


async def test_a_form_that_fails_keeps_what_was_typed_and_marks_the_field(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    owner_id = await server.db.value("SELECT user_id FROM accounts WHERE username = 'rosa'")
    organization = await create_organization(server, "Harbour", owner_id)
    await organization_account(server, "harbour", organization.id)
    wrong: list[str] = []
    tried = 0
    async for action, form in forms_with_words(owner):
        if action in LET_PASS:
            continue
        typed = {str(field["name"]): FAR_TOO_LONG for field in form.select(WORDS)}
        owner.page = await owner.http.post(
            action, data=fields_of(form) | typed, headers={"Sec-Fetch-Site": "same-origin"}
        )
        tried += 1
        is_marked, is_kept = bool(owner.soup.select("[aria-invalid=true]")), FAR_TOO_LONG in owner.page.text
        if owner.page.status_code != 422 or not is_marked or not is_kept:
            wrong.append(f"{action} {list(typed)}: {owner.page.status_code} marked {is_marked} kept {is_kept}")
    assert tried > 15 and not wrong, wrong
