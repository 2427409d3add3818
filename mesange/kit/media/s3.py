"""A store in a bucket of any S3-compatible service, as `media_url` names it: s3://BUCKET/FOLDER?endpoint=…&region=…"""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from mesange.kit.clock import SECOND
from mesange.kit.errors import Unavailable
from mesange.kit.media.names import StoredFile, is_name
from mesange.kit.settings import Settings

PIECE = 1 << 20
PORTION = 1_000
PATIENCE = timedelta(seconds=30)


class MediaBucket:
    def __init__(self, settings: Settings) -> None:
        place = urlsplit(settings.media_url)
        asked = {name: values[-1] for name, values in parse_qs(place.query).items()}
        endpoint = asked.get("endpoint", "")
        config: Any = {
            "region": asked.get("region", "us-east-1"),
            "access_key_id": settings.media_access_key,
            "secret_access_key": settings.media_secret_key,
            "virtual_hosted_style_request": False,
        }
        if endpoint:
            config["endpoint"] = endpoint
        self._store = S3Store(
            place.netloc,
            prefix=place.path.strip("/") or None,
            config=config,
            client_options={"allow_http": endpoint.startswith("http://"), "timeout": PATIENCE},
        )

    async def put(self, name: str, content: bytes | Path) -> None:
        try:
            await obstore.put_async(self._store, name, content)
        except (BaseError, OSError) as error:
            raise Unavailable() from error
        if isinstance(content, Path):
            await asyncio.to_thread(content.unlink, missing_ok=True)

    async def size(self, name: str) -> int | None:
        try:
            return (await obstore.head_async(self._store, name))["size"]
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise Unavailable() from error

    async def pieces(self, name: str, start: int, end: int) -> AsyncGenerator[bytes]:
        if start >= end:
            return
        try:
            found = await obstore.get_async(self._store, name, options={"range": (start, end)})
            async for piece in found.stream(min_chunk_size=PIECE):
                yield bytes(piece)
        except FileNotFoundError:
            return
        except BaseError as error:
            raise Unavailable() from error

    async def files(self, first: str = "", below: str = "") -> AsyncGenerator[list[StoredFile]]:
        # Such a service lists in the order of names, so it can begin and end where we want.
        try:
            async for portion in obstore.list(self._store, offset=first or None, chunk_size=PORTION):  # pyright: ignore[reportUnknownMemberType]
                found = [
                    StoredFile(each["path"], int(each["last_modified"].timestamp() * SECOND))
                    for each in portion
                    if is_name(each["path"]) and (not below or each["path"] < below)
                ]
                if found:
                    yield found
                if below and portion and portion[-1]["path"] >= below:
                    return
        except BaseError as error:
            raise Unavailable() from error

    async def delete(self, name: str) -> None:
        try:
            await obstore.delete_async(self._store, name)
        except FileNotFoundError:
            return
        except BaseError as error:
            raise Unavailable() from error

    async def free_space(self) -> int | None:
        return None
