"""What runs in the cage: `python -I inside TASK WORDS…`, a file as standard input, the answer as standard output.

It imports nothing of ours but its neighbours here. It ends with 0, with TOO_LARGE, or with anything else when the file
cannot be read; whatever a decoder raises or crashes with is that.
"""

import sys

from blurhash import blurhash
from cut import cut
from limits import close_the_cage
from picture import picture
from PIL import Image

TOO_LARGE = 3


def answer(task: str, words: list[str]) -> bytes:
    original = sys.stdin.buffer.read()
    if task == "cut":
        image_format, width, height = words
        return cut(original, image_format, int(width), int(height))
    return picture(original, words[0], blurhash)


def main() -> None:
    task, *words = sys.argv[1:]
    close_the_cage()
    try:
        said = answer(task, words)
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        sys.exit(TOO_LARGE)
    sys.stdout.buffer.write(said)


if __name__ == "__main__":
    main()
