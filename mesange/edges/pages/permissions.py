"""What a client will be able to do, in words."""

from collections.abc import Mapping

from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _

WHOLE: Mapping[str, str] = {
    "read": _("Read what you can read"),
    "write": _("Post and change things in your name"),
    "follow": _("Follow, mute and block in your name"),
    "push": _("Send you notifications"),
    "profile": _("Know your name and picture"),
    "admin:read": _("Read what administrators read"),
    "admin:write": _("Do what administrators do"),
}
PARTS: Mapping[str, str] = {
    "read": _("Read only: %(things)s"),
    "write": _("Change only: %(things)s"),
    "admin:read": _("Read as administrator: %(things)s"),
    "admin:write": _("Change as administrator: %(things)s"),
}
THINGS: Mapping[str, str] = {
    "accounts": _("profiles"),
    "blocks": _("blocks"),
    "bookmarks": _("bookmarks"),
    "collections": _("collections"),
    "conversations": _("conversations"),
    "favourites": _("favourites"),
    "filters": _("filters"),
    "follows": _("follows"),
    "lists": _("lists"),
    "media": _("media"),
    "mutes": _("mutes"),
    "notifications": _("notifications"),
    "reports": _("reports"),
    "search": _("search"),
    "statuses": _("posts"),
    "domain_allows": _("allowed servers"),
    "domain_blocks": _("blocked servers"),
    "ip_blocks": _("blocked addresses"),
    "email_domain_blocks": _("blocked mail servers"),
    "canonical_email_blocks": _("blocked mail addresses"),
}


def sentences(visit: Visit, scopes: str) -> list[str]:
    """One sentence for each right, the parts of a right in one."""
    asked = scopes.split()
    said = [visit.gettext(WHOLE[scope]) for scope in WHOLE if scope in asked]
    for right, sentence in PARTS.items():
        things = [thing for thing in THINGS if f"{right}:{thing}" in asked]
        if things and right not in asked:
            words = ", ".join(visit.gettext(THINGS[thing]) for thing in things)
            said.append(visit.gettext(sentence, things=words))
    return said
