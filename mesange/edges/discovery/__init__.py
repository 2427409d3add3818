"""Discovery: what this server and its people are, told to programs that know neither.

/.well-known/webfinger, host-meta, nodeinfo and change-password, /robots.txt, /manifest.webmanifest.
"""
