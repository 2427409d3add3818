"""What touches the world outside stands in one place each: engines, environment, connections, mail, terminal."""

import ast

from scripts.code import Source, is_under, sources

ENGINES = ("sqlite", "postgres", "apsw", "asyncpg")
NAMES_ENGINES = {
    "kit/db": "the one place that knows them",
    "kit/settings.py": "the person chooses one there",
}

CONNECTS_OUT = ("httpx", "aiohttp", "requests", "urllib.request", "urllib3", "http.client", "ftplib")
OPENS_SOCKETS = ("socket.create_connection", "asyncio.open_connection", "create_connection", "open_connection")

# Runners carry on after any failure of what they run: each says why it may.
CATCHES_EVERYTHING = {
    "kit/consumers.py": "parks the bad event with its reason; the line moves on",
    "kit/jobs.py": "logs the failure; the job runs again at its next hour",
    "kit/eventlog.py": "a listener's fault must not undo what is already durable",
    "kit/web/app.py": "the person gets a sentence, the log gets the trace",
    "kit/db/lane.py": "everyone whose work was in a failed group commit must hear of it",
}


def offences(sources: list[str]) -> str:
    return "\n".join(["", *sources])


def imports_any(source: Source, modules: tuple[str, ...]) -> list[str]:
    return [
        f"{source.where(node)} imports {name}"
        for name, node in source.imports
        if any(name == module or name.startswith(f"{module}.") for module in modules)
    ]


def test_engines_are_named_only_by_the_database_and_the_settings() -> None:
    found = [
        f"mesange/{source.place}:{number} {line.strip()}"
        for source in sources()
        if not is_under(source.place, *NAMES_ENGINES)
        for number, line in enumerate(source.text.splitlines(), 1)
        if any(engine in line.lower() for engine in ENGINES)
    ]
    assert not found, offences(found)


def test_the_environment_is_read_only_by_the_settings() -> None:
    found = [
        source.where(node)
        for source in sources()
        if source.place != "kit/settings.py"
        for node in source.nodes
        if isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node) in ("os.environ", "os.getenv", "environ")
    ]
    assert not found, offences(found)


def test_only_the_http_module_connects_to_the_outside() -> None:
    elsewhere = [source for source in sources() if not is_under(source.place, "kit/http", "kit/http.py")]
    found = [offence for source in elsewhere for offence in imports_any(source, CONNECTS_OUT)]
    found += [source.where(call) for source in elsewhere for name, call in source.calls if name in OPENS_SOCKETS]
    assert not found, offences(found)


def test_only_the_mail_module_speaks_smtp() -> None:
    elsewhere = [source for source in sources() if not is_under(source.place, "kit/mail", "kit/mail.py")]
    found = [offence for source in elsewhere for offence in imports_any(source, ("smtplib",))]
    assert not found, offences(found)


def test_only_commands_print() -> None:
    found = [
        source.where(call)
        for source in sources()
        if not is_under(source.place, "cli", "cli.py")
        for name, call in source.calls
        if name == "print"
    ]
    assert not found, offences(found)


def test_only_runners_catch_everything() -> None:
    found = {
        source.place: source.where(node)
        for source in sources()
        for node in source.nodes
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    }
    assert found.keys() == CATCHES_EVERYTHING.keys(), offences(sorted(found.values()))


def is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(kind is None or ast.unparse(kind) in ("Exception", "BaseException") for kind in caught)
    raises_again = isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
    return broad and not raises_again


def test_nothing_is_left_for_later() -> None:
    found = [
        f"mesange/{source.place}:{number} {line.strip()}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), 1)
        if any(mark in line for mark in ("TODO", "FIXME", "XXX", "NotImplementedError"))
    ]
    assert not found, offences(found)


def test_d10_nothing_reads_xml() -> None:
    """Entities that expand for ever harm only who parses them: feeds are written by kit/web/xml.py, and read in the
    cage alone."""
    readers = ("xml", "lxml", "defusedxml", "xmltodict", "plistlib", "feedparser")
    allowed = "kit/cage/inside/feed.py"
    found = [offence for source in sources() if source.place != allowed for offence in imports_any(source, readers)]
    assert not found, offences(found)
