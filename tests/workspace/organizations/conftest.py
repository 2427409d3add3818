"""As for the edges: a server in this process."""

from tests.edges.conftest import server, settings

__all__ = ["server", "settings"]
