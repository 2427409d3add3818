"""Public conformance data: twitter-text, Unicode graphemes and emoji, hostile strings and hostile HTML."""

import gzip
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from mesange.kit.text import Entities, clean, clean_name, count_signs, entities, plain, sanitise, sanitiser, to_html

REPOSITORY = Path(__file__).parents[2]
CONFORMANCE = Path(os.environ.get("MESANGE_SHARED_DATA", REPOSITORY / "../shared/data")) / "conformance"

SCHEME = "Mastodon links what carries http:// or https://, never a bare domain"
REMOTE = "@name@host is one mention of an account on another server"
LISTS = "there are no public lists: the mention is found, the list is not"
MAIL = "Mastodon: no mention right after a letter, so that mail addresses are none"
PATHS = "Mastodon: the path of a link may be of any script"
SLASH = "Mastodon: no hashtag after a slash, where it is the fragment of an address"

# (section, description) → (reason, what is found instead)
EXCEPTIONS: dict[tuple[str, str], tuple[str, list[str]]] = {
    ("mentions", "Extract lone metion but not @user@user (too close to an email)"): (
        REMOTE, ["username", "test@example.com"]),
    ("mentions", "Extract mentions after 'rt'"): (MAIL, ["mention", "test"]),
    ("mentions_or_lists_with_indices", "Extract a list"): (LISTS, ["username 0 9"]),
    ("urls", "Extract URLs without protocol not on (com|org|edu|gov|net) domains"): (SCHEME, []),
    ("urls", "Extract URLs beginning with a space"): (SCHEME, []),
    ("urls", "Extract short URL without protocol surrounded by CJK characters"): (SCHEME, []),
    ("urls", "Extract URLs with and without protocol surrounded by CJK characters"): (PATHS, [
        "http://twitter.com/これは日本語です。example.com中国語http://t.co/abcde한국twitter.comテストexample2.com"
        "テストhttp://twitter.com/abcde"]),
    ("urls", "Extract short URLs without protocol on ccTLD domains without path"): (SCHEME, []),
    ("urls", "Extract some (tv|co) short URLs without protocol on ccTLD domains without path"): (SCHEME, []),
    ("urls", "Extract valid URL ELPAÍS.com"): (SCHEME, []),
    ("urls_with_indices", "Extract URLs without protocol on ccTLD with slash"): (SCHEME, []),
    ("urls_with_indices", "Extract URLs without protocol surrounded by CJK characters"): (SCHEME, []),
    ("urls_with_directional_markers", "Extract URLs from RTL text"): (SCHEME, ["http://twitter.com/ 26 45"]),
    ("autolink usernames", "Autolink username in compressed RT"): (MAIL, []),
    ("autolink hashtags", "Autolink two hashtags separated by a slash"): (SLASH, ["dodge"]),
}  # fmt: skip
# Pictographs that join in Unicode 15 (the file) and no longer do in the later Unicode of `regex`.
REVISED_CLUSTERS = {"\u2701\u200d\u2701"}
LINKED = re.compile(r"<a [^>]*>[@#＃]?(.*?)</a>")


def conformance(name: str) -> bytes:
    path = CONFORMANCE / name
    if not path.exists():
        pytest.skip(f"{name} is not there (MESANGE_SHARED_DATA)")
    content = path.read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content


def found(section: str, text: str) -> list[str]:
    """What the section asks for, as `value start end`."""
    known = entities(text)
    if "url" in section or section.startswith("tlds"):
        return [f"{link.url} {link.start} {link.end}" for link in known.links]
    if "hashtag" in section:
        return [f"{hashtag.name} {hashtag.start} {hashtag.end}" for hashtag in known.hashtags]
    return [f"{mention.acct} {mention.start} {mention.end}" for mention in known.mentions]


def expected(case: dict[str, Any]) -> list[str]:
    values = case["expected"]
    if isinstance(values, str):
        return LINKED.findall(values)
    return [value if isinstance(value, str) else named_with_place(value) for value in values]


def named_with_place(value: dict[str, Any]) -> str:
    name = next(value[key] for key in ("url", "hashtag", "screen_name") if key in value)
    return " ".join(map(str, [name, *value["indices"]]))


def cases() -> list[tuple[str, dict[str, Any]]]:
    suites = json.loads(conformance("twitter_text.json"))
    extract = [(section, case) for section, found in suites["extract"].items() for case in found]
    autolink = [
        (f"autolink {section}", case) for section in ("usernames", "hashtags") for case in suites["autolink"][section]
    ]
    tlds = [(f"tlds {section}", case) for section, found in suites["tlds"].items() for case in found]
    # Replies are a field of a post here, not a form of text; cashtags do not exist.
    return [
        (section, case) for section, case in extract + autolink + tlds if not section.startswith(("cash", "replies"))
    ]


def test_entities_are_those_of_twitter_text_but_for_listed_exceptions() -> None:
    deviations: list[str] = []
    unused = set(EXCEPTIONS)
    for section, case in cases():
        _, wanted = EXCEPTIONS.get((section, case["description"]), ("", expected(case)))
        unused.discard((section, case["description"]))
        got = found(section, case["text"])
        placed = any(one.rpartition(" ")[2].isdigit() for one in wanted)
        if wanted != (got if placed else [one.rsplit(" ", 2)[0] for one in got]):
            deviations.append(f"{section}: {case['description']}: {got} instead of {wanted}")
    assert deviations == []
    assert unused == set()


def test_every_exception_is_one() -> None:
    wanted = {(section, case["description"]): expected(case) for section, case in cases()}
    assert [key for key, (_, instead) in EXCEPTIONS.items() if wanted[key] == instead] == []


def test_signs_are_the_grapheme_clusters_of_unicode() -> None:
    wrong: list[str] = []
    for line in conformance("GraphemeBreakTest.txt.gz").decode().splitlines():
        marks = line.partition("#")[0].split()
        if not marks:
            continue
        text = "".join(chr(int(mark, 16)) for mark in marks if mark not in "÷×")
        if text not in REVISED_CLUSTERS and count_signs(text, Entities()) != marks.count("÷") - 1:
            wrong.append(line)
    assert wrong == []


def test_every_emoji_is_one_sign() -> None:
    lines = conformance("emoji-test.txt.gz").decode().splitlines()
    codes = [line.partition(";")[0].split() for line in lines if ";" in line and not line.startswith("#")]
    emoji = ["".join(chr(int(code, 16)) for code in sequence) for sequence in codes]
    assert len(emoji) > 3_000
    assert [one for one in emoji if count_signs(one) != 1] == []


def test_naughty_strings_are_cleaned_counted_and_shown() -> None:
    for text in json.loads(conformance("naughty_strings.json")):
        kept = clean(text)
        known = entities(kept)
        shown = to_html(kept, known, lambda _: None, lambda hashtag: f"/tags/{hashtag.name}")
        assert count_signs(kept, known) <= len(kept) + 23 * len(known.links)
        assert Hostile(sanitise(shown)).findings == []
        clean_name(text).encode()


class Hostile(HTMLParser):
    """Lists every element, attribute or address that must not survive."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.findings: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = {"rel", "target", "lang"} | sanitiser.ALLOWED_ATTRIBUTES.get(tag, set())
        if tag not in sanitiser.ALLOWED_TAGS:
            self.findings.append(tag)
        self.findings += [name for name, _ in attrs if name not in allowed]
        self.findings += [value or "" for name, value in attrs if name == "href" and not is_web(value)]


def is_web(url: str | None) -> bool:
    return (url or "").lower().startswith(("http://", "https://"))


def test_no_hostile_html_survives() -> None:
    vectors = [json.loads(line) for line in conformance("xss_vectors.jsonl.gz").decode().splitlines()]
    survivors = {vector["id"]: bad for vector in vectors if (bad := Hostile(sanitise(vector["payload_html"])).findings)}
    assert len(vectors) > 100
    assert survivors == {}
    for vector in vectors:
        plain(vector["payload_html"])
