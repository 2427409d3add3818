"""Answers to people whom we do not know, which their reader may hold already: entity tags, dates, compression."""

import gzip
import hashlib
from dataclasses import dataclass
from email.utils import format_datetime

from mesange.kit.clock import moment
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response

FEWEST_ZIPPED = 1_000


@dataclass(slots=True)
class Tagged:
    """An answer with its tag and, once somebody takes it, its compressed form.

    Only for what holds no secret: compression would tell it apart by sizes.
    """

    response: Response
    tag: bytes
    changed: bytes = b""
    zipped: bytes = b""

    def answer(self, request: Request) -> Response:
        """The answer as this reader wants it; 304 without a body to who has it (RFC 9110, 13.1)."""
        told = [*self.response.headers, (b"etag", self.tag), (b"vary", b"accept-encoding")]
        if self.changed:
            told.append((b"last-modified", self.changed))
        if self._is_held(request):
            return Response(b"", 304, self.response.media_type, told)
        return Response(*self._body(request, told), told)

    def _is_held(self, request: Request) -> bool:
        held = request.headers.get(b"if-none-match")
        if held is not None:
            return held.strip() == b"*" or self.tag in (tag.strip() for tag in held.split(b","))
        # Exactly this date, not any later one: a deletion brings the date back.
        return bool(self.changed) and request.headers.get(b"if-modified-since") == self.changed

    def _body(self, request: Request, told: list[tuple[bytes, bytes]]) -> tuple[bytes, int, bytes]:
        response = self.response
        if len(response.body) < FEWEST_ZIPPED or not takes_gzip(request):
            return response.body, response.status, response.media_type
        self.zipped = self.zipped or gzip.compress(response.body, 6, mtime=0)
        told.append((b"content-encoding", b"gzip"))
        return self.zipped, response.status, response.media_type


def tagged(response: Response, changed_at: int = 0) -> Tagged:
    """`changed_at` in milliseconds; 0 for what has no date."""
    changed = format_datetime(moment(changed_at), usegmt=True).encode() if changed_at else b""
    return Tagged(response, tag_of(response.body), changed)


def tag_of(body: bytes) -> bytes:
    """Weak: the same for the compressed form."""
    return b'W/"%s"' % hashlib.sha256(body).hexdigest()[:24].encode()


def takes_gzip(request: Request) -> bool:
    offers = request.header(b"accept-encoding").replace(" ", "").lower().split(",")
    return any(offer.partition(";")[0] == "gzip" and not offer.endswith((";q=0", ";q=0.0")) for offer in offers)
