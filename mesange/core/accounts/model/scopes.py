"""OAuth scopes of the Mastodon API: hierarchical, with `follow` as an old word for the relationship scopes."""

READ = "accounts blocks bookmarks collections favourites filters follows lists mutes notifications search statuses"
WRITE = (
    "accounts blocks bookmarks collections conversations favourites filters follows lists media mutes notifications "
    "reports statuses"
)
ADMIN = "accounts reports domain_allows domain_blocks ip_blocks email_domain_blocks canonical_email_blocks"
FOLLOW = frozenset(f"{verb}:{noun}" for verb in ("read", "write") for noun in ("blocks", "follows", "mutes"))
ALL_SCOPES = (
    "read",
    *(f"read:{noun}" for noun in READ.split()),
    "write",
    *(f"write:{noun}" for noun in WRITE.split()),
    "follow",
    "push",
    "profile",
    "admin:read",
    *(f"admin:read:{noun}" for noun in ADMIN.split()),
    "admin:write",
    *(f"admin:write:{noun}" for noun in ADMIN.split()),
)
KNOWN = frozenset(ALL_SCOPES)
DEFAULT_SCOPES = "read"


def are_known(scopes: str) -> bool:
    return all(scope in KNOWN for scope in scopes.split())


def are_within(scopes: str, granted: str) -> bool:
    """Whether each of `scopes` is covered by `granted`, itself or by a wider one."""
    held = frozenset(granted.split())
    return all(allows(held, scope) for scope in scopes.split())


def allows(held: frozenset[str], needed: str) -> bool:
    if needed in held:
        return True
    wider = needed
    while ":" in wider:
        wider = wider.rpartition(":")[0]
        if wider in held:
            return True
    return ("follow" in held and needed in FOLLOW) or (needed == "profile" and "read" in held)
