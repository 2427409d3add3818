"""Settings: defaults < file < environment < command line, and a sentence for what is wrong."""

from pathlib import Path

import pytest

from mesange.kit.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.__struct_fields__:
        monkeypatch.delenv(f"MESANGE_{name.upper()}", raising=False)
    monkeypatch.setenv("MESANGE_DATA", str(tmp_path))


def test_each_source_wins_over_the_one_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert read_settings() == Settings(data=tmp_path)
    (tmp_path / "mesange.toml").write_text('port = 1\nmax_signs = 500\ntitle = "Là"\n', "utf-8")
    monkeypatch.setenv("MESANGE_PORT", "2")
    monkeypatch.setenv("MESANGE_UNKNOWN", "left alone")
    read = read_settings(host="0.0.0.0", origin=None)
    assert (read.title, read.max_signs, read.port, read.host) == ("Là", 500, 2, "0.0.0.0")
    assert read_settings(port=3).port == 3


def test_lists_are_written_with_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MESANGE_LANGUAGES", "fr, en de")
    assert read_settings().languages == ("fr", "en", "de")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("PORT", "eighty", "port"), ("REGISTRATIONS", "maybe", "registrations"), ("MAX_SIGNS", "1.5", "max_signs")],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"MESANGE_{name}", value)
    with pytest.raises(SystemExit, match=said):
        read_settings()


@pytest.mark.parametrize("text", ["port = ", "colour = 'blue'", "\ufeffport = 1\0"])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "mesange.toml").write_text(text, "utf-8")
    with pytest.raises(SystemExit, match=r"mesange\.toml"):
        read_settings()


@pytest.mark.parametrize(
    ("given", "origin", "domain", "is_secure", "streaming"),
    [
        ({}, "http://127.0.0.1:8140", "127.0.0.1:8140", False, "ws://127.0.0.1:8140"),
        ({"port": 80, "host": "h"}, "http://h:80", "h:80", False, "ws://h:80"),
        ({"origin": "https://here.example/"}, "https://here.example", "here.example", True, "wss://here.example"),
    ],
)
def test_where_we_are_found(given: dict, origin: str, domain: str, is_secure: bool, streaming: str) -> None:
    settings = Settings(**given)
    assert (settings.public_origin, settings.domain) == (origin, domain)
    assert (settings.is_secure, settings.streaming_origin) == (is_secure, streaming)
    assert settings.sender == f"mesange@{domain.partition(':')[0]}"
