"""How often the API may be called."""

from mesange.kit.clock import DAY, HOUR, MINUTE
from mesange.kit.web.limits import Limit

PER_USER = Limit("user", 1_500, 5 * MINUTE)
PER_ADDRESS = Limit("address", 3_000, 5 * MINUTE)
STATUSES = Limit("statuses", 300, 3 * HOUR)
FOLLOWS = Limit("follows", 400, DAY)
MEDIA = Limit("media", 120, 30 * MINUTE)
REPORTS = Limit("reports", 400, DAY)
DELETES = Limit("deletes", 30, 30 * MINUTE)
SIGN_UPS = Limit("sign-ups", 10, 30 * MINUTE)
CONFIRMATIONS = Limit("confirmations", 3, 30 * MINUTE)
CLIENTS = Limit("clients", 30, 10 * MINUTE)
SEARCHES = Limit("searches", 300, 5 * MINUTE)
