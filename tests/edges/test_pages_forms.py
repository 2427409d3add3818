"""A form that fails keeps what was typed and marks the field at fault: every form with words in it, by the routes."""

import re
from collections.abc import AsyncIterator

from bs4 import Tag

from mesange.core.accounts.model import UserRole
from mesange.core.conversations.queries import list_conversations
from mesange.core.emojis.actions import add_emoji
from mesange.core.moderation.actions.reports import file_report
from mesange.core.moderation.model import ReportDraft
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Visibility
from mesange.core.teams.actions import create_organization
from mesange.edges.pages.routes import routes
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.workspace.publishing.pages.routes import routes as publishing_routes
from tests.core.emojis.test_emojis import picture
from tests.core.people import organization_account
from tests.edges.reader import Reader, create, digest, fields_of
from tests.edges.test_pages_admin import new_staff
from tests.edges.test_pages_decks import make_deck, viewer_of
from tests.edges.test_pages_lists import make_list
from tests.journeys.every_page import EXAMPLES, NO_PAGES

FAR_TOO_LONG = ("x " * 20_000).strip()
WORDS = "textarea[name], input[name]:is([type=text], [type=email], :not([type]))"
LET_PASS = {
    "/reset": "says the same of every address, known or not",
    "/sign-up": "is shown once more to who is quicker than people are",
    "/settings/data/leave": "asks for a secret, which never comes back",
    "/settings/security/codes": "asks for a code that is good once",
    "/settings/sessions/token": "shortens the name",
    "/admin/texts": "takes texts of this length",
    "/admin/emojis": "shortens the group of an emoji",
    "/deck/:id/columns": "shows the home page unless one chooses; test_browser_decks is refused there",
    "/design": "shows fields and takes nothing",
}
WITHOUT_WORDS = set(
    "invitation confirm reset change-email owner planned group import consent announcement publication".split()
)
"""What leads to doors and questions: a sign-up like the other, passwords, yes or no; and to pages of a workspace."""


async def known_to(owner: Reader) -> dict[str, str]:
    """One thing of each kind that a form changes, by its name in the addresses of pages."""
    server = owner.server
    _user, author, viewer = await create(server, "leo")
    keeper = await viewer_of(server, "rosa")
    await add_emoji(server, "tit", picture())
    own = await publish_status(server, keeper, Draft("Bonjour"))
    await publish_status(server, viewer, Draft("Salut @rosa", visibility=Visibility.DIRECT))
    report = await file_report(server, viewer, ReportDraft(target_id=keeper.account_id, comment="Too loud"))
    await digest(server)
    (talk,) = await list_conversations(server.db, keeper, Page(1))
    kept, deck = await make_list(owner, "Marins", is_public="1"), await make_deck(owner)
    await owner.open("/settings/filters")
    await owner.send("/settings/filters", title="Marées", words="marée", home="1")
    found = re.search(r"/settings/filters/(\d+)", owner.page.text)
    assert found
    known = {"author": "rosa", "reader": "rosa", "author_id": author.id, "own": own.id, "status": own.id}
    known |= {"report": report.id, "conversation": talk.id, "filter": found[1]}
    known |= {"list": kept.removeprefix("/lists/"), "deck": deck.removeprefix("/deck/")}
    return {name: str(value) for name, value in known.items()}


def addresses(known: dict[str, str]) -> list[str]:
    """Every page of the table of routes, but files, streams and doors that open once."""
    tables = (*routes(), *publishing_routes())
    paths = {route.path for route in tables if route.method == "GET"} - set(NO_PAGES)
    shown = [EXAMPLES.get(path, path) for path in sorted(paths)]
    asked = {name for each in shown for name in re.findall(r"{([\w-]+)}", each)}
    assert asked <= set(known) | WITHOUT_WORDS, asked
    return [each.format_map(known) for each in shown if not WITHOUT_WORDS & set(re.findall(r"{([\w-]+)}", each))]


async def forms_with_words(reader: Reader) -> AsyncIterator[tuple[str, Tag]]:
    """(where it is sent, form) of each one that stands on a page."""
    seen: set[tuple[str, ...]] = set()
    for path in addresses(await known_to(reader)):
        page = await reader.open(path)
        assert page.status_code == 200, path
        if "text/html" not in page.headers.get("content-type", ""):
            continue
        for form in reader.soup.select("form[method=post]"):
            action = str(form.get("action") or path).partition("#")[0]
            key = (action, *(str(field["name"]) for field in form.select(WORDS)))
            if len(key) > 1 and key not in seen:
                seen.add(key)
                yield action, form


def filled(form: Tag) -> dict[str, str]:
    """What leaves by its only button, with far too much in each field for words."""
    buttons = form.select("button")
    pressed = {str(each["name"]): str(each["value"]) for each in buttons if len(buttons) == 1 and each.get("name")}
    return fields_of(form) | pressed | {str(field["name"]): FAR_TOO_LONG for field in form.select(WORDS)}


async def test_a_form_that_fails_keeps_what_was_typed_and_marks_the_field(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    owner_id = await server.db.value("SELECT user_id FROM accounts WHERE username = 'rosa'")
    organization = await create_organization(server, "Harbour", owner_id)
    await organization_account(server, "harbour", organization.id)
    wrong: list[str] = []
    tried = 0
    async for action, form in forms_with_words(owner):
        if re.sub(r"\d{9,}", ":id", action) in LET_PASS:
            continue
        owner.page = await owner.http.post(action, data=filled(form), headers={"Sec-Fetch-Site": "same-origin"})
        tried += 1
        is_marked, is_kept = bool(owner.soup.select("[aria-invalid=true]")), FAR_TOO_LONG in owner.page.text
        if owner.page.status_code not in (404, 422) or not is_marked or not is_kept:
            wrong.append(f"{action}: {owner.page.status_code} marked {is_marked} kept {is_kept}")
    assert tried > 25 and not wrong, wrong
