"""A tiny SMTP server: takes mails, or answers as a test tells it to."""

import asyncio
import ssl
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

USUAL = {"EHLO": "250 here", "DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 welcome", "STARTTLS": "220 go"}


class SmtpServer:
    """`answers` replace what a verb is usually answered: {"RCPT": "550 no such person"}."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.answers: dict[str, str] = {}
        self.verbs: list[str] = []
        self.received: list[EmailMessage] = []

    async def start(self, *, encrypted: bool = False, host: str = "127.0.0.1") -> int:
        self._server = await asyncio.start_server(self._talk, host, 0, ssl=self.tls if encrypted else None)
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        self._server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        while line := (await reader.readline()).decode():
            verb = line[:4].upper() if not line.upper().startswith("STARTTLS") else "STARTTLS"
            self.verbs.append(verb)
            answer = self.answers.get(verb) or USUAL.get(verb, "250 fine")
            writer.write(f"{answer}\r\n".encode())
            if verb == "STARTTLS" and self.tls:
                await writer.start_tls(self.tls)
            elif verb == "DATA":
                text = await reader.readuntil(b"\r\n.\r\n")
                message = message_from_bytes(text[:-3].replace(b"\r\n..", b"\r\n."), policy=default)
                assert isinstance(message, EmailMessage)
                self.received.append(message)
                writer.write(b"250 taken\r\n")
            elif verb == "QUIT":
                break
        writer.close()
