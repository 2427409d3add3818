"""The benchmark suite: drives any Mastodon-API server over HTTP and prints one table of ratios.

`python -m bench` measures this checkout on a fresh database; `--base-url` and `--tokens` point it at a peer.
"""
