"""Names that mislead: reserved words, and what looks like them or like a name that belongs to somebody."""

from functools import cache

from mesange.kit.text import skeleton

RESERVED = (
    "admin administrator root support help security abuse postmaster hostmaster webmaster moderator mod staff "
    "mesange system server api oauth auth about settings local public home tags search invite"
).split()
AUTHORITY = (
    "admin administrator administrateur administratrice root support help security sécurité abuse postmaster "
    "moderator modérateur modératrice staff mesange system système server serveur équipe team"
).split()
"""What a display name may not say of itself."""
OFFICIAL = (
    "official officiel officielle support sav serviceclient service help helpdesk aide care team equipe info news "
    "real the le la les fr france eu app hq"
).split()
"""Words that impostors put before or after a name."""
FEWEST_SIGNS = 3


def is_reserved(username: str) -> bool:
    """Whether a handle is, or looks like, a word that only staff may take."""
    return skeleton(username) in _looks(tuple(RESERVED))


def claims_authority(display_name: str) -> bool:
    return skeleton(display_name) in _looks(tuple(AUTHORITY))


def looks_of(name: str) -> list[str]:
    """The skeletons under which a name may pass for another: its own, and without words such as « official »."""
    whole = skeleton(name)
    found = {whole}
    for word in _looks(tuple(OFFICIAL)):
        found |= {whole.removeprefix(word), whole.removesuffix(word)}
    return sorted(look for look in found if len(look) >= FEWEST_SIGNS or look == whole)


@cache
def _looks(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(skeleton, words))
