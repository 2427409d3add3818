"""What a name looks like: names with the same skeleton can be taken for one another.

Signs become the Latin ones they resemble (the confusables of Unicode TR 39), figures the letters they stand for, pairs
that touch (rn, vv, cl) the letter they make; case, accents, spaces, punctuation, invisible signs and repetitions go.
"""

import re
import unicodedata
from functools import cache, lru_cache

MOST_SIGNS = 200
# Read as Latin letters by people, though Unicode's table pairs them with rarer signs.
READ_ALIKE = {
    pair[0]: pair[1]
    for pair in (
        "ıi ɪi ӏl øo đd łl ħh əe ɛe ɑa ɡg ʟl βb γy εe ηn θo κk μu τt ωw вb гr зe иu йu кk мm нh тt пn лn шw щw ьb ъb "
        "фo яr ʙb ʜh ᴛt ʍm ĸk ᴎn ʀr ꞓe æa œo ɩi ǀl"
    ).split()
}
FIGURES = str.maketrans("0123456789|!$@€£", "olzeasgtbgllsael")
DIRECTION_MARK = "\u200e"
TOUCHING = (("rn", "m"), ("vv", "w"), ("cl", "d"))
REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """The look of a name; "" when nothing of it can be seen."""
    seen = "".join(map(_latin, name[:MOST_SIGNS]))
    seen = _plain("".join(map(_latin, _plain(seen)))).translate(FIGURES).replace("i", "l")
    seen = "".join(sign for sign in seen if sign.isalnum())
    for pair, letter in TOUCHING:
        seen = seen.replace(pair, letter)
    return REPEATED.sub(r"\1", seen)


def _plain(text: str) -> str:
    """Without case, accents and what cannot be seen."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in decomposed if unicodedata.category(sign)[0] not in "MC")


def _latin(sign: str) -> str:
    return sign if sign.isascii() else _look_alikes().get(sign, sign)


@cache
def _look_alikes() -> dict[str, str]:
    """The Latin letters that other signs resemble. The table is large: it is read when first needed."""
    from confusable_homoglyphs.confusables import confusables_data

    found: dict[str, str] = {}
    for sign, alike in confusables_data.items():
        latin = next((plain for other in alike if (plain := _plain(other["c"])).isascii() and plain.isalnum()), "")
        if latin and not sign.isascii():
            found[sign.strip(DIRECTION_MARK)] = latin
    return found | READ_ALIKE
