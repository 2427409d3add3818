"""Requests that no library would send: bytes on a socket."""

import socket

from tests.server import PATIENCE, RunningServer


def send_raw(server: RunningServer, request: bytes) -> bytes:
    """Send the bytes, close our side, return all that comes back (b"" when it just hangs up)."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65536):
                received += piece
        except (ConnectionResetError, BrokenPipeError):
            pass
    return received


def request_bytes(
    path: str, token: str, body: bytes, length: int | None = None, kind: str = "application/json"
) -> bytes:
    """A POST whose Content-Length may lie."""
    size = len(body) if length is None else length
    head = f"POST {path} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
    return f"{head}Content-Type: {kind}\r\nContent-Length: {size}\r\n\r\n".encode() + body
