"""What the keeper of a server does about people from the command line, while it runs."""

import re

import httpx
import pytest

from tests.journeys.people import eventually
from tests.journeys.visitor import Visitor
from tests.server import PrepareServer, RunningServer

PASSWORD = "une phrase assez longue"


@pytest.fixture
def reading(prepare_server: PrepareServer) -> RunningServer:
    """A server where staff reads each sign-up."""
    server = prepare_server(MESANGE_REGISTRATIONS="approval")
    server.start()
    return server


def ask_to_come(server: RunningServer, name: str) -> Visitor:
    visitor = Visitor(server.origin)
    visitor.open("/sign-up")
    typed = {"username": name, "email": f"{name}@example.com", "password": PASSWORD, "reason": "Birds."}
    visitor.submit(visitor.form("username", "reason"), **typed)
    links = eventually(lambda: re.findall(r"/confirm/[\w-]+", httpx.get(f"{server.origin}/dev/outbox").text), len)
    visitor.open(links[0])
    visitor.submit(visitor.form("csrf"))
    return visitor


def test_newcomers_are_accepted_refused_and_invited(reading: RunningServer) -> None:
    ask_to_come(reading, "nour")
    assert "nour\tnour@example.com\tBirds." in reading.command("admin", "waiting").stdout
    reading.administer("accept", "nour")
    assert httpx.get(f"{reading.origin}/@nour").status_code == 200
    assert reading.command("admin", "accept", "nour").returncode == 1
    ask_to_come(reading, "lea")
    reading.administer("refuse", "lea")
    assert reading.command("admin", "waiting").stdout == ""
    path = reading.administer("invite", "--uses", "2")
    assert "Somebody here invited you" in httpx.get(path).text


def test_names_are_protected_and_pseudonyms_looked_behind(reading: RunningServer) -> None:
    reading.administer("protect-name", "Moulin Rouge")
    refused = ask_to_come_refused(reading, "rnoulin_rouge")
    assert "This name looks like one that belongs to somebody." in refused
    reading.administer("release-name", "moulin rouge")
    reading.create_account("robin")
    assert reading.command("admin", "reveal", "robin", "--reason", "no").returncode == 1
    assert reading.administer("reveal", "robin", "--reason", "An order of the court.") == "robin@example.com"
    reading.administer("reset-second-factor", "robin@example.com")


def ask_to_come_refused(server: RunningServer, name: str) -> str:
    visitor = Visitor(server.origin)
    visitor.open("/sign-up")
    typed = {"username": name, "email": f"{name}@example.com", "password": PASSWORD, "reason": "Birds."}
    return visitor.submit(visitor.form("username", "reason"), **typed).text
