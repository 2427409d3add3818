"""The doctor finds what is wrong, and mends what can be mended by itself; limits are lifted from the command line."""

import stat

import pytest

from tests.journeys.people import welcome
from tests.server import PrepareServer


@pytest.mark.slow
def test_h5_the_doctor_closes_what_others_can_read(prepare_server: PrepareServer) -> None:
    server = prepare_server()
    server.start()
    server.create_account("rosa", "--role", "owner")
    server.stop()
    keys = server.folder / "keys"
    keys.mkdir(exist_ok=True)
    server.folder.chmod(0o755)
    keys.chmod(0o755)
    found = server.command("doctor")
    assert found.returncode == 1 and "Others can read" in found.stdout, found.stdout + found.stderr
    mended = server.command("doctor", "--repair")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert "search index: 0 posts" in found.stdout and "stored files that nobody needs: 0" in found.stdout
    assert "log of staff acts" in mended.stdout and "counters set right: 0" in mended.stdout
    for path in (server.folder, keys):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


@pytest.mark.slow
def test_limits_are_lifted_and_set_again_by_a_command(prepare_server: PrepareServer) -> None:
    server = prepare_server(MESANGE_RATE_LIMITS="on")
    server.start()
    bob = welcome(server, "bob")
    server.administer("lift-limits", bob.name)
    assert "whole" in server.command("admin", "check-log").stdout
    server.administer("lift-limits", bob.name, "--again")
    assert server.command("admin", "lift-limits", "nobody").returncode == 1
