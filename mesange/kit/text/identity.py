"""When two spellings are the same name."""

import unicodedata


def _ascii_letters() -> dict[int, str]:
    """Mastodon's folding of Latin-1 and Latin Extended-A letters, lower case only."""
    table = {ord(sign): plain for sign, plain in zip("ðđħıĸłŋøŧŀſ", "ddhiklnotls", strict=True)}
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
    lowered = unicodedata.normalize("NFKC", text).lower().replace("i\u0307", "i")
    return lowered.translate(_ASCII_LETTERS)
