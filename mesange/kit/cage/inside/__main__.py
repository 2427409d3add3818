"""What runs in the cage: `python -I inside TASK WORDS…`, a file as standard input, the answer as standard output.

A recording writes its copy there and its answer to standard error. It imports nothing of ours but its neighbours here.
It ends with 0, with TOO_LARGE, UNSUPPORTED, NO_ROOM, or with anything else when the file cannot be read; whatever a
decoder raises or crashes with is that.
"""

import errno
import sys

from blurhash import blurhash
from cut import cut
from limits import close_the_cage
from picture import picture
from PIL import Image

TOO_LARGE = 3
UNSUPPORTED = 4
FEED_SECONDS = 3
NO_ROOM = 5


def image_task(task: str, words: list[str]) -> None:
    close_the_cage()
    original = sys.stdin.buffer.read()
    if task == "cut":
        image_format, width, height = words
        said = cut(original, image_format, int(width), int(height))
    else:
        said = picture(original, words[0], blurhash)
    sys.stdout.buffer.write(said)


def recording_task(container: str) -> None:
    from recording import Unsupported, recording

    close_the_cage(writes=True)
    try:
        said = recording(container, blurhash)
    except Unsupported:
        sys.exit(UNSUPPORTED)
    except OSError as error:
        sys.exit(NO_ROOM if error.errno == errno.ENOSPC else 1)
    sys.stderr.buffer.write(said)


def feed_task(kind: str, location: str) -> None:
    from codecs import lookup

    from feed import CODECS, WARMING, Hostile, feed
    from json_feed import json_feed

    for name in CODECS:
        lookup(name)
    for body in WARMING:  # What is imported late is here before the cage is closed.
        feed(body, "", "")
    close_the_cage(cpu_seconds=FEED_SECONDS)
    body = sys.stdin.buffer.read()
    try:
        is_json = body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
        said = json_feed(body) if is_json else feed(body, kind, location)
    except Hostile:
        sys.exit(UNSUPPORTED)
    sys.stdout.buffer.write(said)


def main() -> None:
    task, *words = sys.argv[1:]
    try:
        if task == "recording":
            recording_task(words[0])
        elif task == "feed":
            feed_task(*words)
        else:
            image_task(task, words)
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        sys.exit(TOO_LARGE)


if __name__ == "__main__":
    main()
