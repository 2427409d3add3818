"""Known vulnerabilities of servers like ours: each that touches what exists here is a test named by its number.

`test_c12_…` is row 12 of class C: media and files. D is HTML and injection, E access, F private things, G overload,
J privacy. Rows that cannot touch us yet stand here with the reason; the count is printed.
"""

import re

import pytest

from scripts.code import ROOT

ROWS = {"C": 15, "D": 12, "E": 13, "F": 16, "G": 19, "J": 9}
NOT_YET = {
    "C6": "no proxy of other servers' media",
    "D2": "no translation; what other HTML enters is D4's",
    "D9": "no directory service to sign in with",
    "F1": "no remote accounts to follow",
    "F11": "nobody leaves a team yet: removing members comes with the teams",
    "F13": "no filter of what strangers send yet",
    "F16": "the matrices of E1 and F4",
    "G2": "no objects of other servers; the sizes of our own are G3's",
    "G4": "nothing is discovered on other servers",
    "G8": "no documents that name others: the budget of a request is G1's",
    "G9": "no state per host",
    "G16": "no remote ids",
    "G19": "no inboxes",
    "J7": "no device information is kept or told",
    "J9": "no policy changes whom a post is addressed to",
}
NAMED = re.compile(r"def test((?:_[cdefgj]\d{1,2})+)_")
NUMBER = re.compile(r"([cdefgj])(\d+)")


def numbered() -> dict[str, int]:
    """How many tests bear each number."""
    found: dict[str, int] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for numbers in NAMED.findall(path.read_text("utf-8")):
            for letter, number in NUMBER.findall(numbers):
                name = f"{letter.upper()}{number}"
                found[name] = found.get(name, 0) + 1
    return found


def test_every_known_vulnerability_that_touches_us_has_its_test(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{letter}{number}" for letter, count in ROWS.items() for number in range(1, count + 1)]
    tests = numbered()
    concerning = [row for row in rows if not NOT_YET.get(row)]
    missing = [row for row in concerning if row not in tests]
    with capsys.disabled():
        covered = len(concerning) - len(missing)
        print(f"\nknown vulnerabilities with a test: {covered}/{len(concerning)}, tests: {sum(tests.values())}")
    assert not missing, f"no test is named after {', '.join(missing)}"
