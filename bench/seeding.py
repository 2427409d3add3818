"""Creates accounts and tokens through the administration commands, all in one process.

Starting Python a thousand times would take minutes.

`python -m bench.seeding PREFIX COUNT` prints one token a line.
"""

import io
import sys
from contextlib import redirect_stdout

from mesange.cli import main as mesange

SCOPES = "read write follow push"


def seeded_token(prefix: str, number: int) -> str:
    """One login owns all accounts of a prefix: its password is hashed once."""
    name = f"{prefix}{number}"
    last_word("admin", "create-account", name, "--email", f"{prefix}@bench.example", "--confirmed")
    return last_word("admin", "create-token", name, "--scopes", SCOPES)


def last_word(*words: str) -> str:
    """Runs one command of `mesange` and answers the last word it prints."""
    sys.argv = ["mesange", *words]
    with redirect_stdout(io.StringIO()) as printed:
        try:
            mesange()
        except SystemExit as end:
            if end.code:
                raise
    return printed.getvalue().split()[-1]


def main() -> None:
    prefix, count = sys.argv[1], int(sys.argv[2])
    for number in range(count):
        print(seeded_token(prefix, number), flush=True)


if __name__ == "__main__":
    main()
