"""Mail: queued with the commit, carried once, tried again with patience, given up with a reason."""

import asyncio
import ssl
from collections.abc import Generator
from pathlib import Path

import pytest

from mesange.kit.clock import DAY, MINUTE, FixedClock
from mesange.kit.db import Database
from mesange.kit.errors import Invalid
from mesange.kit.ids import Ids
from mesange.kit.mail import Carrier, Mail, Smtp, Terminal, email_address, open_mail
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from tests.kit.smtp import SmtpServer


@pytest.fixture
def db(server: Server) -> Database:
    return server.db


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def smtp_server() -> Generator[SmtpServer]:
    server = SmtpServer()
    yield server
    server.close()


async def mail_by(carrier: Carrier, db: Database, clock: FixedClock, *recipients: str) -> Mail:
    """A port with one queued mail for each recipient."""
    mail = Mail(db, clock, Ids(clock), carrier, "mesange@here.example")
    async with db.transaction() as tx:
        for to in recipients:
            await mail.queue(
                tx, to, "Confirmez votre adresse é", "Bonjour,\n\nhttps://here.example/confirm/ABC\n.\nÀ bientôt"
            )
    return mail


async def test_a_mail_arrives_whole_and_once(db: Database, clock: FixedClock, smtp_server: SmtpServer) -> None:
    smtp = Smtp(f"smtp://127.0.0.1:{await smtp_server.start()}")
    mail = await mail_by(smtp, db, clock, "ada@Example.org", "bob@example.org")

    await mail.send_due()
    await mail.send_due()

    ada, bob = smtp_server.received
    assert (ada["To"], bob["To"]) == ("ada@example.org", "bob@example.org")
    assert (ada["From"], ada["Subject"]) == ("mesange@here.example", "Confirmez votre adresse é")
    assert (ada["Auto-Submitted"], ada["Message-ID"] != bob["Message-ID"]) == ("auto-generated", True)
    assert ada.get_content() == "Bonjour,\r\n\r\nhttps://here.example/confirm/ABC\r\n.\r\nÀ bientôt\r\n"
    assert all(letter.sent_at and letter.body == "" for letter in await mail.list_newest())


async def test_a_mail_of_a_failed_transaction_is_never_sent(db: Database, clock: FixedClock) -> None:
    mail = await mail_by(Terminal(), db, clock)

    async def write_and_fail() -> None:
        async with db.transaction() as tx:
            await mail.queue(tx, "ada@example.org", "Hello", "…")
            raise Invalid

    with pytest.raises(Invalid):
        await write_and_fail()
    assert await mail.list_newest() == []


async def test_without_smtp_a_mail_is_shown_and_kept(
    db: Database, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert open_mail(Settings(), db, clock, Ids(clock)).is_kept_here
    assert not open_mail(Settings(smtp_url="smtps://a:b@c.example"), db, clock, Ids(clock)).is_kept_here
    mail = await mail_by(Terminal(), db, clock, "ada@example.org")

    await mail.send_due()

    shown = capsys.readouterr().err
    assert "To: ada@example.org" in shown
    assert "https://here.example/confirm/ABC" in shown
    (letter,) = await mail.list_newest()
    assert "confirm/ABC" in letter.body
    assert letter.sent_at == clock.now()


async def test_a_refused_recipient_is_given_up_at_once(
    db: Database, clock: FixedClock, smtp_server: SmtpServer
) -> None:
    smtp_server.answers["RCPT"] = "550 no such person"
    smtp = Smtp(f"smtp://127.0.0.1:{await smtp_server.start()}")
    mail = await mail_by(smtp, db, clock, "nobody@example.org", "nemo@example.org")

    await mail.send_due()

    letters = await mail.list_newest()
    assert [letter.failed_reason for letter in letters] == ["550 no such person"] * 2
    assert [letter.next_attempt_at for letter in letters] == [None, None]


async def test_a_mail_put_off_is_sent_later(db: Database, clock: FixedClock, smtp_server: SmtpServer) -> None:
    smtp_server.answers["RCPT"] = "451 come back later"
    smtp = Smtp(f"smtp://127.0.0.1:{await smtp_server.start()}")
    mail = await mail_by(smtp, db, clock, "ada@example.org")

    await mail.send_due()
    smtp_server.answers.clear()
    await mail.send_due()
    assert smtp_server.received == []
    clock.move(MINUTE)
    await mail.send_due()
    assert len(smtp_server.received) == 1


async def test_a_mail_is_given_up_after_its_last_try(db: Database, clock: FixedClock) -> None:
    mail = await mail_by(Smtp("smtp://127.0.0.1:1"), db, clock, "ada@example.org")
    for _ in range(20):
        await mail.send_due()
        clock.move(DAY)
    (letter,) = await mail.list_newest()
    assert (letter.attempts, letter.next_attempt_at, letter.body) == (8, None, "")
    assert "Connection refused" in (letter.failed_reason or "")


async def test_two_servers_never_carry_the_same_mail(db: Database, clock: FixedClock, smtp_server: SmtpServer) -> None:
    smtp = Smtp(f"smtp://127.0.0.1:{await smtp_server.start()}")
    mail = await mail_by(smtp, db, clock, *(f"person{n}@example.org" for n in range(10)))
    while len(smtp_server.received) < 10:
        await asyncio.gather(*(mail.send_due() for _ in range(4)))
    assert len({message["To"] for message in smtp_server.received}) == len(smtp_server.received)


async def test_a_silent_server_is_left_in_time(db: Database, clock: FixedClock) -> None:
    listening = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    mail = await mail_by(Smtp(f"smtp://127.0.0.1:{port}", seconds=0.1), db, clock, "ada@example.org")
    await mail.send_due()
    (letter,) = await mail.list_newest()
    assert (letter.attempts, letter.sent_at) == (1, None)
    listening.close()


async def test_a_password_never_travels_in_the_clear(db: Database, clock: FixedClock, smtp_server: SmtpServer) -> None:
    port = await smtp_server.start(host="127.0.0.2")
    mail = await mail_by(Smtp(f"smtp://user:secret@127.0.0.2:{port}"), db, clock, "ada@example.org")
    await mail.send_due()
    assert (smtp_server.received, "AUTH" in smtp_server.verbs) == ([], False)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_mail_is_encrypted_when_it_can_be(
    db: Database, clock: FixedClock, smtp_server: SmtpServer, certificate: Path, scheme: str
) -> None:
    smtp_server.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    smtp_server.tls.load_cert_chain(certificate)
    smtp_server.answers["EHLO"] = "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN"
    port = await smtp_server.start(encrypted=scheme == "smtps")
    smtp = Smtp(
        f"{scheme}://us%40er:se%3Acret@localhost:{port}", tls=ssl.create_default_context(cafile=str(certificate))
    )
    mail = await mail_by(smtp, db, clock, "ada@example.org")

    await mail.send_due()

    assert (len(smtp_server.received), "AUTH" in smtp_server.verbs) == (1, True)
    assert ("STARTTLS" in smtp_server.verbs) == (scheme == "smtp")


@pytest.mark.parametrize("url", ["smtp://", "http://mail.example", "mail.example:25", "smtps:///x"])
def test_a_wrong_smtp_url_is_named(url: str) -> None:
    with pytest.raises(ValueError, match="smtp_url"):
        Smtp(url)


@pytest.mark.parametrize("subject", ["a\r\nBcc: all@example.org", "a\nb", "a\0b", "a\u2028b", "x" * 201])
async def test_a_subject_cannot_add_a_header(db: Database, clock: FixedClock, subject: str) -> None:
    mail = await mail_by(Terminal(), db, clock)
    async with db.transaction() as tx:
        with pytest.raises(Invalid):
            await mail.queue(tx, "ada@example.org", subject, "…")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ada.Lovelace+mésange@example.org".replace("é", "e"), "Ada.Lovelace+mesange@example.org"),
        (" o'brien@MAIL.Example.Org ", "o'brien@mail.example.org"),
        ("admin@localhost", "admin@localhost"),
        ("a@xn--msange-bva.example", "a@xn--msange-bva.example"),
        ("_-x=1~&#@a-b.c1.example", "_-x=1~&#@a-b.c1.example"),
    ],
)
def test_a_plain_address_is_taken(text: str, address: str) -> None:
    assert email_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "@", "ada", "ada@", "@example.org", "ada@example", "ada@@example.org", "a@b@example.org", "ada@.org"),
        *("ada%evil.org@example.org", "ada,bob@example.org", "ada@example.org,bob@example.org", '"ada"@example.org'),
        *('ada"@example.org', "ada@example.org, bob@example.org", "evil.org!ada@example.org", "|cat@example.org"),
        *("Ada <ada@example.org>", "<ada@example.org>", "ada@[127.0.0.1]", "ada@127.0.0.1", "ada(x)@example.org"),
        *("ada@example.org\r\nBcc: x@y.org", "ada@example.org\n", "ada\0@example.org", "ada\t@example.org"),
        *(
            "a da@example.org",
            "ada@exam ple.org",
            "adé@example.org",
            "ada@exämple.org",
            "ada@example．org",
            "ada＠a.org",
        ),
        *(".ada@example.org", "ada.@example.org", "a..da@example.org", "ada@-a.org", "ada@a-.org", "ada@a..org"),
        *("ada@example.org.", "ada;bob@example.org", "ada:bob@example.org", "ada\\@example.org", "$(x)@example.org"),
        *(f"{'a' * 65}@example.org", f"a@{'a' * 64}.org", f"a@{'a.' * 160}org", "a" * 10_000_000, "a." * 100_000 + "@"),
    ],
)
def test_an_unusual_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        email_address(text)
    assert (refusal.value.http_status, refusal.value.field) == (422, "email")
