"""Writes of accounts, by noun: accounts, users, sessions, clients."""
