"""A server that ends its open streams before it waits for its requests to end."""

from collections.abc import Callable
from types import FrameType

import uvicorn


class StreamEndingServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._end_streams()
        super().handle_exit(sig, frame)
