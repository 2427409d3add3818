"""Web push: sealed for one recipient, signed by one server, told apart by what the service answers."""

import asyncio
import base64
import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import http_ece  # pyright: ignore[reportMissingTypeStubs]
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mesange.kit.errors import Invalid
from mesange.kit.http import Http
from mesange.kit.settings import Settings
from mesange.kit.webpush import Outcome, Recipient, checked_recipient, push, server_keys
from tests.kit.loopback import LOOPBACK, Loopback

NOW = 1_700_000_000_000
AUTH = b"0123456789abcdef"


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def content(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Phone:
    """Holds the keys, and opens what was sealed for it."""

    port: int = 0

    def __post_init__(self) -> None:
        self.private = generate_private_key(SECP256R1())
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.p256dh, self.auth = text(point), text(AUTH)
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answer = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/push/abc"

    async def listen(self, loopback: Loopback) -> None:
        async def behave(request: bytes, writer: asyncio.StreamWriter) -> None:
            head, _, body = request.partition(b"\r\n\r\n")
            lines = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:]]
            self.requests.append(({name.lower(): value for name, value in lines}, body))
            writer.write(self.answer)
            await writer.drain()

        self.port = await loopback.serve(behave)

    def opened(self) -> Any:
        """The newest message."""
        headers, body = self.requests[-1]
        version = headers["content-encoding"]
        more: dict[str, Any] = {}
        if version == "aesgcm":
            keys = dict(part.split("=", 1) for part in headers["crypto-key"].split(";"))
            more = {"salt": content(headers["encryption"].removeprefix("salt=")), "dh": content(keys["dh"])}
        made: bytes = http_ece.decrypt(  # pyright: ignore[reportUnknownMemberType]
            body, private_key=self.private, auth_secret=AUTH, version=version, **more
        )
        return json.loads(made)


@pytest.fixture
async def phone(loopback: Loopback) -> Phone:
    phone = Phone()
    await phone.listen(loopback)
    return phone


@pytest.fixture
def http() -> Http:
    return Http("https://here.example", allowed_addresses=LOOPBACK)


@pytest.mark.parametrize("is_standard", [True, False])
async def test_only_the_phone_opens_a_message_and_knows_who_sent_it(
    phone: Phone, http: Http, tmp_path: Path, is_standard: bool
) -> None:
    keys = server_keys(Settings(data=tmp_path, contact_email="care@here.example"))
    recipient = checked_recipient(phone.endpoint, phone.p256dh, phone.auth, is_standard=is_standard)
    assert await push(http, keys, recipient, b'{"title": "Bonjour"}', NOW) is Outcome.SENT
    headers, body = phone.requests[0]
    assert phone.opened() == {"title": "Bonjour"}
    assert b"Bonjour" not in body
    assert int(headers["ttl"]) > 3_600
    if is_standard:
        scheme, token, key = headers["authorization"].replace("t=", "").replace("k=", "").replace(",", "").split()
        assert scheme == "vapid"
    else:
        scheme, token = headers["authorization"].split()
        key = headers["crypto-key"].partition(";p256ecdsa=")[2]
        assert scheme == "WebPush"
    assert key == keys.public
    claims = signed_by(key, token)
    assert claims == {
        "aud": f"http://127.0.0.1:{phone.port}",
        "exp": NOW // 1_000 + 43_200,
        "sub": "mailto:care@here.example",
    }


def signed_by(key: str, token: str) -> Any:
    head, claims, signature = token.split(".")
    raw = content(signature)
    public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), content(key))
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(der, f"{head}.{claims}".encode(), ECDSA(SHA256()))
    assert json.loads(content(head)) == {"typ": "JWT", "alg": "ES256"}
    return json.loads(content(claims))


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("200 OK", Outcome.SENT),
        ("202 Accepted", Outcome.SENT),
        ("404 Not Found", Outcome.GONE),
        ("410 Gone", Outcome.GONE),
        ("429 Too Many Requests", Outcome.LATER),
        ("503 Service Unavailable", Outcome.LATER),
        ("400 Bad Request", Outcome.REFUSED),
        ("413 Payload Too Large", Outcome.REFUSED),
        ("301 Moved Permanently\r\nLocation: http://127.0.0.1:1/", Outcome.REFUSED),
    ],
)
async def test_what_the_service_answers_decides_what_comes_next(
    phone: Phone, http: Http, tmp_path: Path, status: str, outcome: Outcome
) -> None:
    phone.answer = f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()
    recipient = Recipient(phone.endpoint, phone.p256dh, phone.auth, is_standard=True)
    assert await push(http, server_keys(Settings(data=tmp_path)), recipient, b"{}", NOW) is outcome


async def test_b1_a_private_address_is_not_pushed_to(phone: Phone, tmp_path: Path) -> None:
    recipient = Recipient(phone.endpoint, phone.p256dh, phone.auth, is_standard=True)
    http = Http("https://here.example")
    assert await push(http, server_keys(Settings(data=tmp_path)), recipient, b"{}", NOW) is Outcome.REFUSED
    assert phone.requests == []


def test_h5_the_key_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    first = server_keys(Settings(data=tmp_path / "new"))
    file = tmp_path / "new" / "push.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    moved = tmp_path / "moved"
    moved.mkdir()
    (moved / "push.key").write_bytes(file.read_bytes())
    assert server_keys(Settings(data=moved)).public == first.public
    assert first.secret_for("a") == server_keys(Settings(data=moved)).secret_for("a") != first.secret_for("b")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["push.key"]


def test_keys_are_taken_in_each_spelling_and_nothing_else() -> None:
    phone = Phone(1_234)
    padded = base64.b64encode(content(phone.p256dh)).decode()
    assert checked_recipient(phone.endpoint, padded, phone.auth + "==", is_standard=True).p256dh == phone.p256dh
    for endpoint, p256dh, auth in [
        ("ftp://x.example/", phone.p256dh, phone.auth),
        ("https://x.example/" + "x" * 3_000, phone.p256dh, phone.auth),
        ("http://0x7f.1/", phone.p256dh, phone.auth),
        (phone.endpoint, "", phone.auth),
        (phone.endpoint, "é" * 87, phone.auth),
        (phone.endpoint, text(b"\x04" + b"x" * 64), phone.auth),
        (phone.endpoint, phone.p256dh, ""),
        (phone.endpoint, phone.p256dh, text(AUTH + b"x")),
    ]:
        with pytest.raises(Invalid):
            checked_recipient(endpoint, p256dh, auth, is_standard=True)
