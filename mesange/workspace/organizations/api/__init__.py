"""The JSON API of organizations, under /api/mesange."""

from mesange.workspace.organizations.api import accounts, audit, changes, members, organizations

ROUTES = [*organizations.ROUTES, *accounts.ROUTES, *members.ROUTES, *changes.ROUTES, *audit.ROUTES]
