"""How accounts, logins and access are stored."""

from mesange.core.accounts.model import AccessToken, Account, AuthorizationCode, OAuthClient, Session, User
from mesange.core.accounts.model.second_factors import Passkey, SecondFactor
from mesange.core.accounts.model.sign_ups import Invitation
from mesange.kit.db.table import Table

users = Table("users", User)
accounts = Table("accounts", Account)
sessions = Table("sessions", Session)
oauth_clients = Table("oauth_clients", OAuthClient)
authorization_codes = Table("authorization_codes", AuthorizationCode, key="code_hash")
second_factors = Table("second_factors", SecondFactor, key="user_id")
passkeys = Table("passkeys", Passkey)
invitations = Table("invitations", Invitation)
access_tokens = Table("access_tokens", AccessToken)
