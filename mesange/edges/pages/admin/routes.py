"""The table of the administration's pages: who may read and write what. Added to the pages' own table."""

from collections.abc import Mapping
from dataclasses import dataclass

from mesange.core.accounts.model import UserRole
from mesange.edges.pages.admin import (
    accounts,
    announcements,
    backups,
    domain_lists,
    domains,
    emojis,
    jobs,
    keeping_out,
    log,
    look,
    machine,
    newcomers,
    overview,
    report,
    reports,
    settings,
    several,
    site,
    trends,
)
from mesange.front import endpoints
from mesange.front.endpoints import Screen
from mesange.front.errors import error_page
from mesange.kit.web.router import Route


@dataclass(frozen=True, slots=True)
class StaffScreen:
    """`read` and `write` are for those whose role is at least this one."""

    read: Screen | None = None
    write: Screen | None = None
    least: UserRole = UserRole.MODERATOR


SCREENS: Mapping[str, StaffScreen] = {
    "/admin": StaffScreen(overview.show),
    "/admin/sign-ups": StaffScreen(newcomers.show, newcomers.decide),
    "/admin/trends": StaffScreen(trends.show, trends.decide),
    "/admin/reports": StaffScreen(reports.show_all),
    "/admin/reports/:id": StaffScreen(report.show, report.send),
    "/admin/appeals": StaffScreen(write=reports.send_answer),
    "/admin/accounts": StaffScreen(accounts.show_all),
    "/admin/accounts/several": StaffScreen(several.show, several.send),
    "/admin/accounts/:id": StaffScreen(accounts.show, accounts.send),
    "/admin/keeping-out": StaffScreen(keeping_out.show, keeping_out.send),
    "/admin/domains": StaffScreen(domains.show, domains.send, UserRole.ADMIN),
    "/admin/domains/list": StaffScreen(domains.export, least=UserRole.ADMIN),
    "/admin/domains/lists": StaffScreen(domain_lists.show, domain_lists.send, UserRole.ADMIN),
    "/admin/domains/lists/:id": StaffScreen(domain_lists.review, domain_lists.change, UserRole.ADMIN),
    "/admin/domains/lists/:id/take-back": StaffScreen(
        domain_lists.ask_take_back, domain_lists.take_back, UserRole.ADMIN
    ),
    "/admin/rules": StaffScreen(site.show_rules, site.send_rule, UserRole.ADMIN),
    "/admin/texts": StaffScreen(site.show_text, site.send_text, UserRole.ADMIN),
    "/admin/emojis": StaffScreen(emojis.show, emojis.send, UserRole.ADMIN),
    "/admin/emojis/:shortcode/delete": StaffScreen(emojis.ask_delete, emojis.delete, UserRole.ADMIN),
    "/admin/announcements": StaffScreen(announcements.show, announcements.send, UserRole.ADMIN),
    "/admin/announcements/:id/publish": StaffScreen(write=announcements.tell, least=UserRole.ADMIN),
    "/admin/announcements/:id/withdraw": StaffScreen(
        announcements.ask_withdraw, announcements.withdraw, UserRole.ADMIN
    ),
    "/admin/log": StaffScreen(log.show),
    "/admin/log/head": StaffScreen(log.head),
    "/admin/look": StaffScreen(look.show, look.send, UserRole.ADMIN),
    "/admin/settings": StaffScreen(settings.show, settings.send, UserRole.ADMIN),
    "/admin/backups": StaffScreen(backups.show, backups.send, UserRole.ADMIN),
    "/admin/backups/:id/file": StaffScreen(backups.fetch, least=UserRole.ADMIN),
    "/admin/backups/:id/delete": StaffScreen(backups.ask_delete, backups.delete, UserRole.ADMIN),
    "/admin/jobs": StaffScreen(jobs.show, jobs.send, UserRole.ADMIN),
    "/admin/parked": StaffScreen(machine.show_parked, machine.retry_parked, UserRole.ADMIN),
    "/admin/mails": StaffScreen(machine.show_mails, least=UserRole.ADMIN),
}


def routes() -> list[Route]:
    table: list[Route] = []
    for path, screen in SCREENS.items():
        if screen.read:
            table.append(Route("GET", path, endpoints.staff(screen.read, screen.least), error_page))
        if screen.write:
            endpoint = endpoints.staff(screen.write, screen.least, writes=True)
            table.append(Route("POST", path, endpoint, error_page))
    return table
