"""Organizations: the screens and the API of teams: brands, accounts, members, what two people decide, the audit.

Consumes nothing.
Emits    nothing.
Screens  /organizations
"""
