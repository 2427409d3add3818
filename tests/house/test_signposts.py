"""What the documentation points at is there."""

import re
from pathlib import Path

import pytest

from scripts.code import PACKAGE, ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[\w-]*)?\)")  # not those that lead to other sites
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NAMED_FILE = re.compile(r"`((?:\w+/)*\w+\.(?:py|js|css|html|po))`")
INDEX = ROOT / "docs" / "README.md"
EXAMPLE = {"add-a-capability.md"}  # names the files that its reader will write


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_each_link_leads_somewhere(page: Path) -> None:
    lost = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_each_file_that_is_named_with_its_folder_exists(page: Path) -> None:
    text = FENCED.sub("", page.read_text("utf-8"))
    named = [name for name in NAMED_FILE.findall(text) if "/" in name and page.name not in EXAMPLE]
    lost = [name for name in named if not any((folder / name).exists() for folder in (PACKAGE, ROOT))]
    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_each_page_stands_in_the_index(page: Path) -> None:
    found = {(INDEX.parent / link).resolve() for link in LINK.findall(INDEX.read_text("utf-8"))}
    assert page in found | {INDEX, ROOT / "README.md"}
