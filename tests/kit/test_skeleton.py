"""Names that look alike have one skeleton; ordinary names have their own."""

import csv
import gzip
import os
import random
from pathlib import Path

import pytest
from confusable_homoglyphs.confusables import confusables_data

from mesange.kit.text import skeleton

BRANDS = (
    "Acier Dubois,Banque du Port,Bulletin,Cafés Morel,Carillon,Chantecler,Cidre & Co,Clairval,Comptoir Vert,Corail,"
    "Dauphin Télécom,Delcourt,Durand Frères,Éclair,Épicerie Noire,Étoile du Nord,Ferroviaire,Fil d'Or,Galerne,"
    "Gravelines,Horizon,Imprimerie Lune,Isatis,Jardins Clos,Kerlann,La Verrerie,Limonade,Lumen,Maison Ravel,Marronnier,"
    "Mercure Auto,Minoterie,Moulin Rouge Gorge,Nacre,Noroît,Orfèvre,Papeterie 1900,Pâtisserie Lin,Pluvier,Quincaille,"
    "Radio Vilaine,Rosalie,Sablier,Sirocco,Tarmac,Tournesol,Union Postale,Varech,Voltige,Zéphyr"
).split(",")
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u202e\u202a\u00ad\u034f\u2066"
SPACES = (" ", "_", "-", ".", "\u00a0", "\u2009", "·", "'")
ACCENTS = "\u0301\u0300\u0308\u0327\u0323"
FIGURES = {"o": "0", "l": "1", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7", "b": "8"}
PAIRS = {"m": "rn", "w": "vv", "d": "cl"}


def alike(sign: str) -> list[str]:
    """What Unicode says is confusable with a Latin letter."""
    return [each for each, others in confusables_data.items() if any(o["c"] == sign for o in others)]


ALIKE = {sign: alike(sign) for sign in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def forged(name: str, chance: random.Random) -> str:
    """The name as an impostor would write it: one to four changes that the eye passes over."""
    signs = list(name)
    for at in chance.sample(range(len(signs)), min(chance.randint(1, 4), len(signs))):
        sign = signs[at]
        ways = [sign + chance.choice(UNSEEN), sign + chance.choice(SPACES), sign + chance.choice(ACCENTS), sign * 2]
        ways += ALIKE.get(sign, []) * 2
        ways += [table[sign.lower()] for table in (FIGURES, PAIRS) if sign.lower() in table]
        ways += [sign.swapcase(), chr(ord(sign) + 0xFEE0)] if sign.isascii() and sign.isalpha() else []
        ways += ["I"] if sign == "l" else ["l"] if sign in "Ii" else []
        signs[at] = chance.choice(ways)
    return "".join(signs)


def test_ten_thousand_look_alikes_of_fifty_brands_are_flagged() -> None:
    chance = random.Random(2026)
    assert len(BRANDS) == 50
    protected = set(map(skeleton, BRANDS))
    tries = [forged(name, chance) for name in BRANDS for _ in range(200)]
    missed = [name for name in tries if skeleton(name) not in protected]
    print(f"look-alikes flagged: {10_000 - len(missed)} of 10 000")
    assert len(missed) <= 100, missed[:50]


def test_ordinary_names_are_not_flagged() -> None:
    """Names of the French parliament, beside the fifty brands and beside one another."""
    path = Path(os.environ.get("MESANGE_SHARED_DATA", "../shared/data")) / "accounts/french_parliament.csv.gz"
    if not path.exists():
        pytest.skip("no shared data: accounts/french_parliament.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {row["display_name"] for row in rows} | {row["acct"] for row in rows}
    protected = set(map(skeleton, BRANDS))
    flagged = [name for name in names if skeleton(name) in protected]
    looks = {skeleton(row["acct"]) for row in rows}
    print(f"ordinary names flagged: {len(flagged)} of {len(names)}")
    assert len(flagged) < len(names) / 100
    assert len(looks) > 0.99 * len(rows), "two people are rarely taken for one another"


@pytest.mark.parametrize(
    ("one", "other"),
    [("tоtal", "Total"), ("TotaI", "total"), ("t0ta1", "total"), ("rnoulin", "Moulin"), ("clarté", "darte")],
)
def test_what_looks_alike_has_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_other_scripts_and_nothing_keep_their_own() -> None:
    assert skeleton("日本") == "日本"
    assert skeleton("\u200b \u202e") == ""
    assert skeleton("anna") != skeleton("hanna")


def test_a_name_of_any_length_is_looked_at_quickly() -> None:
    assert skeleton("\u0301" * 100_000) == ""
