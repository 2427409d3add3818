"""Publishing: many hands plan, review and publish for many accounts, and each publication leaves once, at its instant.

Consumes StatusSubmitted, PublicationChanged, PublicationCommented.
Emits    PublicationChanged, PublicationCommented.
Screens  /publishing
"""
