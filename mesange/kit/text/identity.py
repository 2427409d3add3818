"""When two spellings are the same name."""

import unicodedata


def _ascii_letters() -> dict[int, str | None]:
    """Mastodon's folding of Latin-1 and Latin Extended-A letters, lower case only; loose accents are left out."""
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    table |= {ord(sign): plain for sign, plain in zip("ðđħıĸłŋøŧŀſ", "ddhiklnotls", strict=True)}
    for code in range(0xE0, 0x180):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    return table


_ASCII_LETTERS = _ascii_letters()


def fold(text: str) -> str:
    """Case, width and Latin accents removed: `Été`, `ＥＴＥ` and `ete` are equal.

    Mastodon's HashtagNormalizer: NFKC, lower case, then ASCII folding of Latin-1 and Latin Extended-A.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).lower().translate(_ASCII_LETTERS)
