"""Reads of accounts, by noun: public actors, logins, access."""

from mesange.core.accounts.queries.access import (
    find_client,
    find_client_by_name,
    find_client_by_row,
    find_code,
    list_granted_clients,
    viewer_by_session,
    viewer_by_token,
)
from mesange.core.accounts.queries.accounts import (
    count_people,
    find_account,
    find_account_by_acct,
    find_ids_by_name,
    get_account,
    get_account_by_acct,
    load_account_stats,
    load_accounts,
    read_markers,
)
from mesange.core.accounts.queries.logins import (
    find_mail_link,
    find_user,
    find_user_by_email,
    has_owner,
    list_own_accounts,
    list_sessions,
    may_act_as,
)

__all__ = [
    "count_people",
    "find_account",
    "find_account_by_acct",
    "find_client",
    "find_client_by_name",
    "find_client_by_row",
    "find_code",
    "find_ids_by_name",
    "find_mail_link",
    "find_user",
    "find_user_by_email",
    "get_account",
    "get_account_by_acct",
    "has_owner",
    "list_granted_clients",
    "list_own_accounts",
    "list_sessions",
    "load_account_stats",
    "load_accounts",
    "may_act_as",
    "read_markers",
    "viewer_by_session",
    "viewer_by_token",
]
