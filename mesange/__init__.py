"""Mésange: a self-hosted, federated microblog server with a professional workspace inside."""

__version__ = "0.1.0"
