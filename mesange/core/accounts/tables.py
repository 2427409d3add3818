"""How accounts, logins and access are stored."""

from mesange.core.accounts.model import AccessToken, Account, AuthorizationCode, OAuthClient, Session, User
from mesange.kit.db.table import Table

users = Table("users", User)
accounts = Table("accounts", Account)
sessions = Table("sessions", Session)
oauth_clients = Table("oauth_clients", OAuthClient)
authorization_codes = Table("authorization_codes", AuthorizationCode, key="code_hash")
access_tokens = Table("access_tokens", AccessToken)
