"""The sections of the administration, in the order of its menu. A new page adds a line here and in routes.py."""

from dataclasses import dataclass
from typing import Any

from mesange.core.accounts.model import UserRole, Viewer
from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class Section:
    """`least` is the lowest role that sees it."""

    path: str
    title: str
    icon: str
    least: UserRole = UserRole.MODERATOR


SECTIONS = (
    Section("/admin", _("Overview"), "home"),
    Section("/admin/reports", _("Reports"), "warning"),
    Section("/admin/accounts", _("Accounts"), "people"),
    Section("/admin/sign-ups", _("Sign-ups"), "person"),
    Section("/admin/trends", _("Trends"), "explore"),
    Section("/admin/keeping-out", _("Kept out"), "lock"),
    Section("/admin/domains", _("Servers"), "globe", UserRole.ADMIN),
    Section("/admin/look", _("Look"), "image", UserRole.ADMIN),
    Section("/admin/settings", _("Settings"), "gear", UserRole.ADMIN),
    Section("/admin/rules", _("Rules"), "list", UserRole.ADMIN),
    Section("/admin/texts", _("Texts"), "pencil", UserRole.ADMIN),
    Section("/admin/announcements", _("Announcements"), "bell", UserRole.ADMIN),
    Section("/admin/emojis", _("Emoji"), "star", UserRole.ADMIN),
    Section("/admin/log", _("Log of acts"), "clock"),
    Section("/admin/backups", _("Backups"), "down", UserRole.ADMIN),
    Section("/admin/jobs", _("Work"), "check", UserRole.ADMIN),
    Section("/admin/parked", _("Parked events"), "up", UserRole.ADMIN),
    Section("/admin/mails", _("Mails"), "mail", UserRole.ADMIN),
)


def menu_of(visit: Visit) -> list[tuple[str, str, str, bool]]:
    """Address, words in the reader's language, icon, and whether one is there."""
    here = visit.request.path
    nearest = max((each.path for each in SECTIONS if is_within(here, each.path)), key=len, default="")
    return [
        (each.path, visit.gettext(each.title), each.icon, each.path == nearest)
        for each in SECTIONS
        if may_enter(visit.viewer, each.least)
    ]


def is_within(path: str, section: str) -> bool:
    return path == section or path.startswith(f"{section}/")


def may_enter(viewer: Viewer, least: UserRole) -> bool:
    return viewer.role.rank >= least.rank


def may_open(viewer: Viewer, path: str) -> bool:
    """Whether this reader's role lets them into the section that holds this page."""
    nearest = max((each for each in SECTIONS if is_within(path, each.path)), key=lambda each: len(each.path))
    return may_enter(viewer, nearest.least)


async def admin_page(visit: Visit, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page of the administration: the frame, the menu of sections, and the template's own matter."""
    return await visit.page(f"admin/{template}", status=status, place="shield", sections=menu_of(visit), **values)
