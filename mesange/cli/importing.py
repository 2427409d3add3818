"""`mesange import posts FILE`: CSV or JSON Lines, resumable, with each bad line named."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from mesange.cli.reading import Line, count_lines, read_lines
from mesange.cli.running import DataOption, fail, with_server
from mesange.kit.errors import MesangeError
from mesange.kit.server import Server

app = typer.Typer(no_args_is_help=True, help="Bring posts in from elsewhere.")
BATCH = 250
MOST_NAMED = 200


@app.command()
def posts(
    file: Annotated[Path, typer.Argument(help="A .csv or .jsonl file, or the same with .gz behind.")],
    account: Annotated[str | None, typer.Option(help="Account that wrote every post without one of its own.")] = None,
    data: DataOption = None,
) -> None:
    """Import posts with their own times, from the columns text (or status, content), created_at and account.

    Running it again adds only what is missing. Accounts that do not exist yet are created for the import.
    """
    if not file.exists():
        fail(f"there is no file {file}.")
    started = time.perf_counter()
    result = with_server(lambda server: _import(server, file, account), data)
    seconds = time.perf_counter() - started
    typer.echo(
        f"{result.new} posts imported, {result.known} were there already, {result.bad} lines not understood: "
        f"{seconds:.1f} s, {(result.new + result.known) / seconds:.0f} posts/s"
    )


class Result(NamedTuple):
    new: int
    known: int
    bad: int


async def _import(server: Server, file: Path, account: str | None) -> Result:
    from mesange.core.statuses.actions.importing import import_posts

    reader = _Reader(server, account)
    new = read = 0
    total = count_lines(file)
    with typer.progressbar(length=total, label="Importing") as bar:
        for lines in _batches(read_lines(file)):
            prepared = [post for line in lines if (post := await reader.prepared(line))]
            new += await import_posts(server, prepared)
            read += len(prepared)
            bar.update(len(lines))
    return Result(new, read - new, reader.bad)


class _Reader:
    """Turns lines into posts; says which it could not and why, and goes on."""

    def __init__(self, server: Server, account: str | None) -> None:
        self._server = server
        self._default = account
        self._accounts: dict[str, int] = {}
        self._seen: Counter[tuple[int, int, str]] = Counter()
        self.bad = 0

    async def prepared(self, line: Line) -> Any:
        """(post, composition), or None for a line that cannot be one."""
        from mesange.core.statuses.actions.importing import OldPost, checked_post

        try:
            values = line.values()
            text = _text(values)
            account_id = await self._account(values)
            at = _time(values)
            occurrence = self._seen[account_id, at, text]
            self._seen[account_id, at, text] += 1
            post = OldPost(account_id, text, at, _language(values), occurrence=occurrence)
            return post, checked_post(self._server, post)
        except (ValueError, MesangeError) as error:
            self._name_bad(line.number, error)
            return None

    def _name_bad(self, number: int, error: Exception) -> None:
        self.bad += 1
        if self.bad <= MOST_NAMED:
            typer.echo(f"line {number}: {error}", err=True)
        elif self.bad == MOST_NAMED + 1:
            typer.echo("… and more lines like these.", err=True)

    async def _account(self, values: dict[str, Any]) -> int:
        name = str(values.get("account") or self._default or "imported")
        if name not in self._accounts:
            self._accounts[name] = await _account_id(self._server, name)
        return self._accounts[name]


async def _account_id(server: Server, name: str) -> int:
    from mesange.core.accounts.actions.accounts import create_account
    from mesange.core.accounts.actions.users import SignUp, create_user
    from mesange.core.accounts.queries import find_account_by_acct, find_user_by_email
    from mesange.kit.secrets import new_secret

    account = await find_account_by_acct(server, name)
    if account is not None:
        return account.id
    user = await find_user_by_email(server.db, f"{name}@import.invalid".lower())
    if user is None:
        user, account = await create_user(server, SignUp(name, f"{name}@import.invalid", new_secret()))
        return account.id
    async with server.db.transaction() as tx:
        return (await create_account(server, tx, name, user_id=user.id)).id


def _text(values: dict[str, Any]) -> str:
    for column in ("text", "status", "content"):
        if isinstance(values.get(column), str) and values[column].strip():
            return values[column]
    raise ValueError("it has no text")


def _language(values: dict[str, Any]) -> str:
    return str(values.get("language") or values.get("lang") or "")


def _time(values: dict[str, Any]) -> int:
    given = values.get("created_at") or values.get("date")
    if given in (None, ""):
        raise ValueError("it has no created_at")
    text = str(given).strip()
    try:
        if text.replace(".", "", 1).isdigit():
            return _from_number(float(text))
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ValueError(f"its time {text[:40]!r} is neither ISO 8601 nor a number of seconds") from None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)


def _from_number(seconds: float) -> int:
    """Seconds, or milliseconds when the number is too large for seconds of this millennium."""
    return int(seconds if seconds > 100_000_000_000 else seconds * 1000)


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
