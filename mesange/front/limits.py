"""How often one may call the API or send a form; what both can do shares one count."""

from mesange.front.visit import Visit
from mesange.kit.clock import DAY, HOUR, MINUTE
from mesange.kit.web.limits import Limit, RateLimits, network_of

PER_USER = Limit("user", 1_500, 5 * MINUTE)
PER_ADDRESS = Limit("address", 3_000, 5 * MINUTE)
STATUSES = Limit("statuses", 300, 3 * HOUR)
FOLLOWS = Limit("follows", 400, DAY)
MEDIA = Limit("media", 120, 30 * MINUTE)
REPORTS = Limit("reports", 400, DAY)
DELETES = Limit("deletes", 30, 30 * MINUTE)
SEARCHES = Limit("searches", 300, 5 * MINUTE)
CLIENTS = Limit("clients", 30, 10 * MINUTE)
CONFIRMATIONS = Limit("confirmations", 3, 30 * MINUTE)
SIGN_INS = Limit("sign-ins", 30, 15 * MINUTE)
SIGN_INS_OF_ONE = Limit("sign-ins of one", 10, 15 * MINUTE)
CODES = Limit("codes", 30, 15 * MINUTE)
CODES_OF_ONE = Limit("codes of one", 10, 15 * MINUTE)
NEW_ADDRESSES = Limit("new addresses", 5, 30 * MINUTE)
NEW_ADDRESSES_OF_ONE = Limit("new addresses of one", 3, 30 * MINUTE)
SIGN_UPS = Limit("sign-ups", 10, 30 * MINUTE)
RESETS = Limit("resets", 10, 30 * MINUTE)
RESETS_OF_ONE = Limit("resets of one", 3, 30 * MINUTE)
LOOKUPS = Limit("lookups", 30, 15 * MINUTE)
LOOKUPS_OF_ONE = Limit("lookups of one", 60, 15 * MINUTE)


def count(visit: Visit, limit: Limit, who: str = "") -> None:
    """Count one form, by `who`, else by the login, else by the network it comes from. Raises TooMany."""
    if visit.server.settings.rate_limits == "on" and not visit.viewer.is_unlimited:
        name = who or visit.viewer.user_id or network_of(visit.request.client_address)
        visit.server.of(RateLimits).count(limit, name, visit.server.clock.now())
