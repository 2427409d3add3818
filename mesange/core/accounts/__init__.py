"""Accounts: who one is here. A User logs in; an Account is a public actor; OAuth clients act for one of them.

Consumes AccountUpdated, StandingChanged, AccessRevoked, MembershipChanged, UserConfirmed, SignUpAccepted,
         SecondFactorChanged (to forget what it keeps in memory).
Emits    AccountCreated, AccountUpdated, StandingChanged, UserConfirmed, SignUpAwaited, SignUpAccepted,
         SignUpTurnedDown, SecondFactorChanged, PseudonymRevealed, AccessRevoked, MembershipChanged, MarkerMoved.
"""
