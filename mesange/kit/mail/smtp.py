"""The carrier of real life: an SMTP server that the administrator names."""

import asyncio
import ssl
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mesange.kit.mail.carriers import Letter, Rejected

if TYPE_CHECKING:
    import smtplib

SMTP_SECONDS = 10.0
USUAL_PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Smtp:
    """Hands mails to the server of `smtp://USER:PASSWORD@HOST:PORT` (STARTTLS when offered) or `smtps://…`.

    A password travels encrypted or not at all, unless the server is on this machine. Raises ValueError for a URL
    that cannot be used.
    """

    keeps_bodies = False

    def __init__(self, url: str, *, tls: ssl.SSLContext | None = None, seconds: float = SMTP_SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in USUAL_PORTS or not parts.hostname:
            raise ValueError("smtp_url must be smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT")
        self._is_encrypted = parts.scheme == "smtps"
        self._host, self._port = parts.hostname, parts.port or USUAL_PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._given_tls = tls
        self._seconds = seconds

    async def carry(self, letter: Letter) -> None:
        await asyncio.to_thread(self._carry, letter)

    def _carry(self, letter: Letter) -> None:
        # smtplib and email cost 50 ms to import: only a server that sends mail pays them.
        import smtplib

        from mesange.kit.mail.message import message_of

        with self._connected(letter.sender.rpartition("@")[2]) as smtp:
            try:
                smtp.send_message(message_of(letter), letter.sender, [letter.recipient])
            except smtplib.SMTPRecipientsRefused as error:
                code, reason = error.recipients[letter.recipient]
                if code < 500:
                    raise
                raise Rejected(f"{code} {reason.decode('utf-8', 'replace')}") from None

    def _connected(self, our_name: str) -> "smtplib.SMTP":
        import smtplib

        tls = self._given_tls or ssl.create_default_context()
        if self._is_encrypted:
            smtp = smtplib.SMTP_SSL(self._host, self._port, our_name, timeout=self._seconds, context=tls)
        else:
            smtp = smtplib.SMTP(self._host, self._port, our_name, timeout=self._seconds)
            smtp.ehlo_or_helo_if_needed()
            self._encrypt(smtp, tls)
        if self._user:
            smtp.login(self._user, self._password)
        return smtp

    def _encrypt(self, smtp: "smtplib.SMTP", tls: ssl.SSLContext) -> None:
        if smtp.has_extn("starttls"):
            smtp.starttls(context=tls)
        elif self._user and self._host not in LOOPBACK:
            raise ssl.SSLError("the SMTP server offers no STARTTLS, and a password must not travel in the clear")
