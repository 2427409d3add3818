"""A place where every page has something to show: long words, a warning, right to left, polls, a card, and no peace."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from mesange.core.accounts.model import Viewer
from mesange.core.cards.model import PreviewCard, StatusCard
from mesange.core.cards.tables import preview_cards, status_cards
from mesange.core.statuses.model import Draft, Holds
from mesange.core.teams.actions import create_organization
from mesange.kit.clock import DAY
from mesange.kit.settings import Settings
from mesange.main import open_server
from mesange.workspace.publishing.actions.review import submit_publication
from mesange.workspace.publishing.actions.writing import write_publication
from mesange.workspace.publishing.model.planning import plan_at
from tests.core.emojis.test_emojis import picture as emoji
from tests.core.people import organization_account
from tests.journeys.drawn import png
from tests.journeys.people import Json, Person, eventually, welcome
from tests.journeys.signing_in import authorize_path, register_client
from tests.journeys.visitor import Visitor
from tests.server import RunningServer

LONG = "Donaudampfschifffahrtsgesellschaft" * 3
NEW_PASSWORD = "une phrase assez longue"


class Furnished:
    """The people of the place, and in `known` what addresses of its pages are made of."""

    def __init__(self, server: RunningServer, folder: Path) -> None:
        self.server = server
        self.known: dict[str, str] = {"owner": _owner_link(server)}
        self.author, self.reader = welcome(server, "bob"), welcome(server, "alice")
        self.nobody = welcome(server, "hermit")
        self._write()
        self._keep()
        self._knock()
        self._run(folder)

    def _write(self) -> None:
        author, reader = self.author, self.reader
        author.follow(reader)
        reader.follow(author)
        author.http.patch(
            "/api/v1/accounts/update_credentials", json={"display_name": "نور Bob", "note": "أكتب من البحر"}
        )
        name = "مرحبا Alice " + "W" * 15
        reader.http.patch("/api/v1/accounts/update_credentials", json={"display_name": name, "note": LONG})
        root = author.post(f"Anfang #looks {LONG}")
        author.http.put(f"/api/v1/statuses/{root['id']}", json={"status": f"Neuer Anfang #looks {LONG}"})
        link = "https://example.com/" + "very-long-path/" * 20
        reader.post(f"@{author.name} {link}", in_reply_to_id=root["id"])
        own = reader.post("Hidden behind a warning #looks", spoiler_text="عشاء Dîner", sensitive=True)
        for verb in ("favourite", "reblog", "bookmark"):
            reader.do(f"/api/v1/statuses/{root['id']}/{verb}")
        self.linked = author.post("Look at https://elsewhere.example/")
        self._ask()
        self._show()
        direct = author.post(f"@{reader.name} Between us", visibility="direct")
        talks: list[Json] = eventually(lambda: reader.get("/api/v1/conversations"), len)
        planned = reader.do("/api/v1/statuses", status="لاحقا Later", scheduled_at="2099-01-01T00:00:00Z")
        self.known |= {"author": author.name, "author_id": author.id, "reader": reader.name, "status": root["id"]}
        author.do(f"/api/v1/statuses/{own['id']}/favourite")
        reader.notified(types=["favourite"])
        self.known |= {"own": own["id"], "planned": planned["id"], "conversation": talks[0]["id"]}
        self.known |= {"said": direct["id"]}

    def _ask(self) -> None:
        options = ["صباحا In the morning", "In the evening, when the light is low", "Donaudampfschifffahrt" * 2]
        self.author.post("متى When do you swim?", poll={"options": options, "expires_in": 3600})
        many = {"options": ["Tea", "Coffee"], "expires_in": 3600, "multiple": True}
        voted = self.author.post("Tea or coffee?", poll=many)
        self.reader.do(f"/api/v1/polls/{voted['poll']['id']}/votes", choices=[0])

    def _show(self) -> None:
        file = {"file": ("a.png", png(1200, 800, "#3a6ea5"), "image/png")}
        made = _sent(
            self.author.http.post("/api/v2/media", files=file, data={"description": "بحر Blue, and a yellow dot"})
        )
        self.author.post("Look at this", media_ids=[made.json()["id"]])

    def _keep(self) -> None:
        """Lists, filters, a deck, an import of the reader's; one thing of each kind."""
        reader, visitor = self.reader, Visitor(self.server.origin)
        kept = reader.do("/api/v1/lists", title=f"ميناء Harbour {LONG}"[:100])["id"]
        reader.do(f"/api/v1/lists/{kept}/accounts", account_ids=[self.author.id])
        words = [{"keyword": "مد spring tide"}]
        sieve = reader.do("/api/v2/filters", title="المد Tides", context=["home"], keywords_attributes=words)
        visitor.sign_in(reader)
        visitor.open("/notifications")
        group = re.search(r"/notifications/([^/\"]+)/dismiss", _sent(visitor.page).text)
        assert group
        visitor.open(f"/lists/{kept}/edit")
        visitor.submit(visitor.form("title"), is_public="1")
        visitor.open("/decks")
        visitor.submit(visitor.form("title"), title=f"صباح Morning {LONG}"[:60])
        deck = re.findall(r"/deck/(\d+)", str(_sent(visitor.page).url))[0]
        visitor.open("/settings/data")
        form = visitor.form("kind", "mode")
        file = {"file": ("f.csv", f"Account address,Show boosts\n{self.author.name},true\nnobody,true\n", "text/csv")}
        origin = {"Origin": self.server.origin}
        fields = form.fields | {"kind": "following"}
        del fields["file"]
        brought = _sent(visitor.http.post(form.action, data=fields, files=file, headers=origin))
        address = re.search(r"/settings/data/imports/(\d+)", f"{brought.url} {brought.text}")
        assert address
        client = register_client(self.server.origin)
        self.known |= {"group": group[1], "list": kept, "filter": sieve["id"], "deck": deck, "import": address[1]}
        self.known |= {"consent": authorize_path(client), "invitation": self._invitation()}

    def _invitation(self) -> str:
        return self.server.administer("invite", "--uses", "2").removeprefix(self.server.origin)

    def _knock(self) -> None:
        """Letters that lead to doors."""
        visitor = Visitor(self.server.origin)
        visitor.open("/sign-up")
        mail = "newcomer@example.com"
        visitor.submit(visitor.form("username"), username="newcomer", email=mail, password=NEW_PASSWORD, agreement="1")
        visitor.open("/reset")
        visitor.submit(visitor.form("email"), email=self.reader.email)
        visitor.sign_in(self.author)
        visitor.open("/settings/security")
        visitor.submit(visitor.form("email", "csrf"), email="other@example.com", password=self.author.password)
        for door in ("confirm", "reset", "change-email"):
            self.known[door] = self._letter(door)

    def _letter(self, door: str) -> str:
        outbox = f"{self.server.origin}/dev/outbox"
        links = eventually(lambda: re.findall(rf"/{door}/[\w.-]+", httpx.get(outbox).text), len)
        assert links, f"no letter leads to /{door}"
        return links[0]

    def _run(self, folder: Path) -> None:
        """What the staff sees: a report, an emoji, an announcement."""
        name = "keeper"
        self.staff = Person(name, self.server.create_account(name, "--role", "owner"), "", self.server)
        self.reader.do("/api/v1/reports", account_id=self.author.id, comment=f"صاخب Too loud {LONG}")
        (file := folder / "tit.png").write_bytes(emoji())
        self.server.administer("add-emoji", "tit", str(file))
        self.known["announcement"] = self.server.administer("announce", "العش The nest moves")
        visitor = Visitor(self.server.origin)
        visitor.sign_in(self.staff)
        visitor.open("/admin/reports")
        found = re.search(r"/admin/reports/(\d+)", _sent(visitor.page).text)
        assert found
        self.known["report"] = found[1]
        self.server.stop()
        give_card(self.server, int(self.linked["id"]))
        self.known["publication"] = give_publication(self.server, int(self.reader.id))
        self.server.start()


def _owner_link(server: RunningServer) -> str:
    """Printed by a server without an owner as it starts."""
    links = eventually(lambda: re.findall(r"/owner/[\w.-]+", server.log), len)
    assert links, server.log
    return links[-1]


def _sent(answer: httpx.Response | None) -> httpx.Response:
    assert answer is not None
    assert answer.is_success, f"{answer.request.url}: {answer.status_code} {answer.text[:500]}"
    return answer


def give_publication(server: RunningServer, reader_id: int) -> str:
    """The reader edits for an organization, which plans something for tomorrow."""

    async def work() -> str:
        async with open_server(Settings(data=server.folder)) as opened:
            user_id = await opened.db.value("SELECT user_id FROM accounts WHERE id = ?", reader_id)
            organization = await create_organization(opened, "Harbour", user_id)
            account = await organization_account(opened, "harbour", organization.id)
            viewer = Viewer(account_id=account.id, user_id=user_id)
            plan = plan_at(opened.clock.now() + DAY, "Europe/Paris")
            made = await write_publication(opened, viewer, account.id, [Draft(f"High water {LONG}")], plan)
            return str((await submit_publication(opened, viewer, made.id)).id)

    with ThreadPoolExecutor(1) as aside:  # Playwright holds this thread's loop.
        return aside.submit(lambda: asyncio.run(work())).result()


def give_card(server: RunningServer, status_id: int) -> None:
    """The card of a page elsewhere, as the job writes it that fetches pages; journeys reach nobody."""

    async def work() -> None:
        async with open_server(Settings(data=server.folder)) as opened, opened.db.transaction() as tx:
            card = PreviewCard(
                id=opened.ids.next(),
                url="https://elsewhere.example/",
                title="The tide tables of " + "Donaudampfschifffahrt" * 3,
                description="High water, low water, and what the wind does to both.",
                provider_name="Elsewhere",
            )
            await tx.execute("DELETE FROM preview_cards WHERE url = ?", card.url)
            await tx.insert(preview_cards, card)
            await tx.execute("DELETE FROM status_cards WHERE status_id = ?", status_id)
            await tx.insert(status_cards, StatusCard(status_id, card.id))
            await tx.execute("UPDATE statuses SET holds = holds | ? WHERE id = ?", int(Holds.CARD), status_id)

    with ThreadPoolExecutor(1) as aside:  # Playwright holds this thread's loop.
        aside.submit(lambda: asyncio.run(work())).result()
