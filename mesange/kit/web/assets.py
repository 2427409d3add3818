"""Style sheets, scripts and pictures, read once, served under one version so that browsers may keep them for ever."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.tagged import Tagged, tag_of

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".png": b"image/png",
    ".webmanifest": b"application/manifest+json",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """`zipped` and `tag` are made once, at the start."""

    content: bytes
    zipped: bytes
    media_type: bytes
    tag: bytes

    def answer(self, request: Request, *headers: tuple[bytes, bytes]) -> Response:
        """Whole or compressed, or 304 to who holds it."""
        response = Response(self.content, 200, self.media_type, list(headers))
        return Tagged(response, self.tag, zipped=self.zipped).answer(request)


class Assets:
    """`style.css` is the cascade: the sheets of `css/` joined in the order of their names.

    `member.css`, those of `css/member/`, is what visitors never need.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._assets = dict(_read(folder))
        joined = hashlib.sha256()
        for name in sorted(self._assets):
            joined.update(self._assets[name].content)
        self.version = joined.hexdigest()[:12]

    def find(self, name: str) -> Asset | None:
        return self._assets.get(name)

    def get(self, name: str) -> Asset:
        """Raises KeyError: the code names a file that does not exist."""
        return self._assets[name]

    def url(self, name: str) -> str:
        """Where the asset is served. Raises KeyError: a template names a file that does not exist."""
        if name not in self._assets and not name.startswith("vendor/"):
            raise KeyError(name)
        return f"/static/{self.version}/{name}"


def _read(folder: Path) -> list[tuple[str, Asset]]:
    sheets = folder / "css"
    named = [("style.css", _joined(sheets)), ("member.css", _joined(sheets / "member"))]
    files = [file for file in sorted(folder.rglob("*")) if file.suffix in TYPES and sheets not in file.parents]
    return named + [(file.relative_to(folder).as_posix(), _asset(file.read_bytes(), file.suffix)) for file in files]


def _joined(sheets: Path) -> Asset:
    return _asset(b"\n".join(sheet.read_bytes() for sheet in sorted(sheets.glob("*.css"))), ".css")


def _asset(content: bytes, suffix: str) -> Asset:
    return Asset(content, gzip.compress(content, 9, mtime=0), TYPES[suffix], tag_of(content))
