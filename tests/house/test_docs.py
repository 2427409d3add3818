"""The pages of docs/ that are made from code say what the code says."""

from pathlib import Path

import pytest

from scripts.docs import pages


@pytest.mark.parametrize(
    ("page", "text"), pages().items(), ids=lambda value: value.name if isinstance(value, Path) else ""
)
def test_a_generated_page_is_up_to_date(page: Path, text: str) -> None:
    assert page.exists(), f"run `make docs` to write {page.name}"
    assert page.read_text("utf-8") == text, f"run `make docs` to write {page.name} again"
