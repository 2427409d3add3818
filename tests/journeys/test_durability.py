"""What is acknowledged stays: crashes, two servers on one folder, a full disk, a polite end."""

import signal
import subprocess
from contextlib import ExitStack

import httpx
import pytest

from tests.drills import disk_full, kill9, media_full
from tests.drills.small_disks import can_mount
from tests.journeys.people import Person, welcome
from tests.journeys.streams import listening, socket_listening
from tests.journeys.visitor import Visitor
from tests.server import PATIENCE, PrepareServer, RunningServer, free_port


@pytest.mark.slow
def test_five_kills_lose_and_double_nothing(prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    verdict = kill9.drill(server, kills=5, least=50)
    assert verdict.is_clean, str(verdict)
    assert verdict.acknowledged >= 50


def test_second_server_on_the_same_folder_refuses_and_names_the_first(
    engine: str, prepare_server: PrepareServer
) -> None:
    if engine != "sqlite":
        pytest.skip("several servers may share a PostgreSQL database")
    server = prepare_server()
    server.start()
    assert server.process is not None
    second = server.launch(output=subprocess.PIPE, port=free_port())
    shown, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode != 0
    assert str(server.process.pid) in shown.decode()
    assert "Traceback" not in shown.decode()
    assert server.is_healthy()


def test_server_starts_again_after_a_crash_in_spite_of_the_old_pid_file(
    prepare_server: PrepareServer,
) -> None:
    server = prepare_server()
    server.start()
    server.kill()
    server.start()
    assert server.is_healthy()


def test_administration_works_beside_a_running_server(server: RunningServer) -> None:
    made = server.command_apart("admin", "create-account", "beside", "--email", "beside@example.com", "--confirmed")
    told = server.command_apart("admin", "create-token", "beside", "--scopes", "read write follow push")
    person = Person("beside", made.stdout.split()[-1], told.stdout.split()[-1], server)
    assert person.post("Made while the server ran")["account"]["username"] == "beside"
    assert Visitor(server.origin).sign_in(person).url.path != "/sign-in"
    done = server.command_apart("doctor")
    assert "Traceback" not in done.stdout + done.stderr


def test_administration_works_without_a_server(prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.folder.mkdir(parents=True)
    server.create_account("early", "--role", "admin")
    token = server.create_token("early")
    server.start()
    bearer = {"Authorization": f"Bearer {token}"}
    answer = httpx.get(f"{server.origin}/api/v1/accounts/verify_credentials", headers=bearer)
    assert answer.json()["username"] == "early"


@pytest.mark.parametrize(
    "words",
    [
        ("create-account", "two words", "--email", "a@example.com"),
        ("create-account", "fine", "--email", "no address"),
        ("create-token", "nobody_here", "--scopes", "read"),
        ("create-token", "nobody_here", "--scopes", "everything"),
        ("create-account", "x" * 200, "--email", "b@example.com"),
    ],
    ids=" ".join,
)
def test_wrong_words_of_the_administrator_are_explained(server: RunningServer, words: tuple[str, ...]) -> None:
    done = server.command("admin", *words)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert (done.stdout + done.stderr).strip()


def test_polite_end_closes_open_streams(prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    person = welcome(server, "listener")
    with ExitStack() as opened:
        streams = [opened.enter_context(listening(server, "user", person.token)) for _ in range(20)]
        query = f"?stream=user&access_token={person.token}"
        _, socket = opened.enter_context(socket_listening(server, query))
        person.post("Before the end")
        server.stop()
        assert "timeout graceful shutdown exceeded" not in server.log
        assert all(stream.closed.wait(PATIENCE) for stream in (*streams, socket))
    assert server.faults() == []


def test_interrupt_from_the_keyboard_ends_it_too(prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    assert server.process is not None
    process = server.process
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) is not None
    assert server.faults() == []


@pytest.mark.slow
def test_full_disk_refuses_writes_serves_reads_and_recovers(engine: str) -> None:
    if engine != "sqlite" or not can_mount():
        pytest.skip("needs SQLite and the right to mount a small disk (root)")
    disk_full.drill(cycles=1)


@pytest.mark.slow
def test_without_room_for_files_they_wait_or_are_refused_and_posts_go_on(prepare_server: PrepareServer) -> None:
    if not can_mount():
        pytest.skip("needs the right to mount a small disk (root)")
    media_full.drill(prepare_server(), cycles=1)
