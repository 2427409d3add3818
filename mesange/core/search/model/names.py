"""The words by which an account is found, and a prefix as a range of words."""

from mesange.core.accounts.model import Account
from mesange.kit.text.words import words_of

MOST_NAME_WORDS = 20
HIGHEST_SIGN = "\U0010ffff"


def names_of(account: Account) -> list[str]:
    """Words of the handle and of the shown name, each once; and the handle as one word."""
    handle = "".join(words_of(account.username))
    words = [handle, *words_of(account.username), *words_of(account.display_name), *words_of(account.domain)]
    return list(dict.fromkeys(word for word in words if word))[:MOST_NAME_WORDS]


def beginning(word: str) -> tuple[str, str]:
    """The first and the last of the words that begin so."""
    return word, word + HIGHEST_SIGN
