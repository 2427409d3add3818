"""Every page of the table of routes, with an address that shows it.

A page without parameters is its own example. Another needs a line in `EXAMPLES`, or in `NO_PAGES` with the reason why
nobody looks at it: else the walk of test_every_page fails and names it.
"""

from mesange.edges.pages.admin.routes import SCREENS
from mesange.edges.pages.routes import ADMITTED, DOORS, FOR_ALL, MOVING, PROVEN, SIGNED_IN
from mesange.edges.pages.routes import routes as page_routes
from mesange.workspace.publishing.pages import routes as publishing

EXAMPLES = {
    "/search": "/search?q=looks",
    "/tags/:name": "/tags/looks",
    "/@:handle": "/@{author}",
    "/@:handle/with_replies": "/@{author}/with_replies",
    "/@:handle/media": "/@{author}/media",
    "/@:handle/about": "/@{author}/about",
    "/@:handle/followers": "/@{author}/followers",
    "/@:handle/following": "/@{author}/following",
    "/@:handle/:id": "/@{author}/{status}",
    "/@:handle/lists/:id": "/@{reader}/lists/{list}",
    "/@:handle/:id/history": "/@{author}/{status}/history",
    "/@:handle/:id/reblogs": "/@{author}/{status}/reblogs",
    "/@:handle/:id/favourites": "/@{author}/{status}/favourites",
    "/@:handle/:id/embed": "/@{author}/{status}/embed",
    "/authorize_interaction": "/authorize_interaction?uri=https://else.example/@nour",
    "/continue": "/continue?act=reply&to=/@{author}/{status}",
    "/invite/:code": "{invitation}",
    "/confirm/:token": "{confirm}",
    "/reset/:token": "{reset}",
    "/change-email/:token": "{change-email}",
    "/owner/:token": "{owner}",
    "/scheduled/:id/delete": "/scheduled/{planned}/delete",
    "/statuses/:id/edit": "/statuses/{own}/edit",
    "/statuses/:id/delete": "/statuses/{own}/delete",
    "/accounts/:id/block": "/accounts/{author_id}/block",
    "/accounts/:id/mute": "/accounts/{author_id}/mute",
    "/accounts/:id/report": "/accounts/{author_id}/report",
    "/accounts/:id/lists": "/accounts/{author_id}/lists",
    "/notifications/:key": "/notifications/{group}",
    "/messages/:id": "/messages/{conversation}",
    "/settings/filters/:id": "/settings/filters/{filter}",
    "/settings/data/imports/:id": "/settings/data/imports/{import}",
    "/lists/:id": "/lists/{list}",
    "/lists/:id/edit": "/lists/{list}/edit",
    "/lists/:id/delete": "/lists/{list}/delete",
    "/deck/:id": "/deck/{deck}",
    "/deck/:id/edit": "/deck/{deck}/edit",
    "/deck/:id/delete": "/deck/{deck}/delete",
    "/oauth/authorize": "{consent}",
    "/publishing/:id": "/publishing/{publication}",
    "/admin/reports/:id": "/admin/reports/{report}",
    "/admin/accounts/several": "/admin/accounts/several?chosen[]={author_id}",
    "/admin/accounts/:id": "/admin/accounts/{author_id}",
    "/admin/emojis/:shortcode/delete": "/admin/emojis/tit/delete",
    "/admin/announcements/:id/withdraw": "/admin/announcements/{announcement}/withdraw",
}
"""By path of the table; in braces what the furnished place knows."""

NO_PAGES = {
    "/static/*name": "a file",
    "/media/:name": "a file",
    "/favicon.ico": "a file",
    "/settings/data/archive/:secret": "a file",
    "/settings/data/csv/:name": "a file",
    "/admin/domains/list": "a file",
    "/admin/log/head": "a file",
    "/admin/domains/lists/:id": "shows changes as the page of a pasted list does, and needs a list of another server",
    "/admin/domains/lists/:id/take-back": "asks as every page of its kind does, about a list of another server",
    "/admin/backups/:id/file": "a file",
    "/admin/backups/:id/delete": "asks as every page of its kind does, about a backup that takes long to make",
    "/live/:what": "a stream",
    "/live/:what/cards": "a part of a page",
    "/live/notifications": "a stream",
    "/live/notifications/cards": "a part of a page",
    "/deck/:id/live": "a stream",
    "/deck/:id/columns/:column/cards": "a part of a page",
    "/publishing/live": "a stream",
    "/publishing/:id/live": "a stream",
    "/publishing/:id/writers": "a part of a page",
    "/publishing/calendar/:secret.ics": "a file",
    "/statuses/:id": "leads to the post",
    "/deck": "leads to the first deck",
    "/sign-in/code": "after a password alone; test_safety_browser looks at it there",
}

OTHERWISE = "/ /local /search /directory /tags/:name /@:handle /@:handle/:id /@:handle/lists/:id".split()
"""Pages for all that show more to who is signed in."""


def unknown_pages() -> set[str]:
    """Those for which there is no example yet, and lines here for pages that are no more."""
    read = {route.path for route in (*page_routes(), *publishing.routes()) if route.method == "GET"}
    parted = {path for path in read if ":" in path or "*" in path}
    return (parted - set(EXAMPLES) - set(NO_PAGES)) | (set(EXAMPLES) | set(NO_PAGES)) - read


def for_visitors(known: dict[str, str]) -> list[str]:
    return _addresses([*FOR_ALL, "/@:handle/:id/embed", *MOVING, *DOORS], known)


def for_people(known: dict[str, str]) -> list[str]:
    """Their own pages, and of those for all what looks otherwise to somebody signed in."""
    own = [path for path, (read, _) in PROVEN.items() if read]
    return _addresses([*OTHERWISE, *own, *SIGNED_IN, *ADMITTED, *publishing.READS], known)


def for_staff(known: dict[str, str]) -> list[str]:
    return _addresses([path for path, screen in SCREENS.items() if screen.read], known)


def _addresses(paths: list[str], known: dict[str, str]) -> list[str]:
    wanted = [path for path in paths if path not in NO_PAGES]
    return [EXAMPLES.get(path, path).format_map(known) for path in wanted]
