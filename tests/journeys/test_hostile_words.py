"""Words that try to be more than words, in every field a person can fill: the pages show them and nothing happens."""

import gzip
import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Person, Welcome
from tests.journeys.shared_data import FOLDER
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.usefixtures("engine")
SCRIPT = "<script>document.title='pwned'</script>"
OWN = [
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "<a href=javascript:alert(1)>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi xlink:href=javascript:alert(1)>",
    "<form action=//evil.example><button>",
    "\u202egnp.exe",
    "../../../api/v1/statuses",
]
MOST = 200


@pytest.fixture(scope="module")
def words() -> list[str]:
    """Ours, and two hundred more where they are at hand."""
    file = FOLDER / "conformance" / "xss_vectors.jsonl.gz"
    lines = gzip.decompress(file.read_bytes()).splitlines() if file.exists() else []
    more: list[str] = [json.loads(line)["payload_html"] for line in lines]
    return (OWN + [each for each in more if 0 < len(each) <= 130])[:MOST]


@pytest.fixture(scope="module")
def mallory(welcome_person: Welcome, words: list[str]) -> Person:
    person = welcome_person("mallory")
    for word in words:
        answer = person.http.post("/api/v1/statuses", json={"status": word, "spoiler_text": word[:5]})
        assert answer.status_code in (200, 422), answer.text
    return person


@pytest.mark.browser
@pytest.mark.slow
def test_d6_d8_nothing_written_by_a_person_ever_runs(browser: Browser, mallory: Person, words: list[str]) -> None:
    server = mallory.server
    reader = browser.new_context(java_script_enabled=True).new_page()
    trouble: list[str] = []
    outside: list[str] = []
    reader.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
    reader.on("console", lambda message: trouble.append(message.text) if "Content Security" in message.text else None)
    reader.on(
        "request", lambda request: outside.append(request.url) if not _is_ours(request.url, server.origin) else None
    )
    pages = 0
    for word in words[:: max(1, len(words) // 12)]:
        fields = {"fields_attributes[0][name]": word, "fields_attributes[0][value]": word, "note": word * 2}
        mallory.http.patch("/api/v1/accounts/update_credentials", data=fields | {"display_name": word[:30]})
        asked = quote(word, safe="")
        for path in (f"/@{mallory.name}", f"/@{mallory.name}/about", f"/search?q={asked}", f"/tags/{asked}"):
            reader.goto(server.origin + path)
            pages += 1
            assert reader.title() != "pwned", (path, word)
    page: str | None = f"/@{mallory.name}"
    while page:
        reader.goto(server.origin + page)
        pages += 1
        older = reader.locator("a[rel=next]").first
        page = older.get_attribute("href") if older.count() else None
    assert not trouble, trouble
    assert not outside, outside
    assert pages > 12


def _is_ours(url: str, origin: str) -> bool:
    return url.startswith((origin, "data:", "blob:"))


def test_d8_what_was_typed_comes_back_as_text_in_forms_titles_and_messages(mallory: Person, words: list[str]) -> None:
    visitor = Visitor(mallory.server.origin)
    visitor.sign_in(mallory)
    for word in words[:: max(1, len(words) // 20)]:
        page = visitor.open(f"/compose?text={quote(word, safe='')}")
        assert "<script>document" not in page.text and "<img src=x" not in page.text, word
        missing = visitor.open(f"/@{quote(word, safe='')}")
        assert "<script>document" not in missing.text and "<img src=x" not in missing.text, word


def test_d11_links_to_elsewhere_neither_tell_nor_obey(alice: Person) -> None:
    alice.post("Read https://elsewhere.example/page now")
    page = Visitor(alice.server.origin).open(f"/@{alice.name}").text
    links = re.findall(r'<a [^>]*href="https://elsewhere\.example[^>]*>', page)
    assert links
    for link in links:
        assert "noopener" in link and "nofollow" in link


def test_d12_a_name_in_an_address_is_one_segment(alice: Person) -> None:
    for path in ("/@..%2F..%2Fadmin", "/tags/..%2f..%2fadmin", "/@x%2f..%2f..%2fsettings%2fprofile"):
        answer = alice.http.get(path, follow_redirects=False)
        assert answer.status_code in (200, 404), path
        assert "settings/profile/save" not in answer.text
    tag = Visitor(alice.server.origin).open("/tags/..%2f..%2fadmin").text
    assert not re.search(r'(?:href|action)="[^"]*\.\./', tag)
