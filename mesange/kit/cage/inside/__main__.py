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
    from recording import UNSUPPORTED, Unsupported, recording

    close_the_cage(writes=True)
    try:
        said = recording(container, blurhash)
    except Unsupported:
        sys.exit(UNSUPPORTED)
    except OSError as error:
        sys.exit(NO_ROOM if error.errno == errno.ENOSPC else 1)
    sys.stderr.buffer.write(said)


def main() -> None:
    task, *words = sys.argv[1:]
    try:
        if task == "recording":
            recording_task(words[0])
        else:
            image_task(task, words)
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        sys.exit(TOO_LARGE)


if __name__ == "__main__":
    main()
