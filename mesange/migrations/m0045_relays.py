"""Relays of feeds, and links of our own that count."""

STATEMENTS = [
    "CREATE TABLE feed_relays (id INTEGER PRIMARY KEY, organization_id BIGINT NOT NULL, account_id BIGINT NOT NULL, "
    "user_id BIGINT NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL, template TEXT NOT NULL, state TEXT NOT NULL, "
    "title TEXT NOT NULL, since BIGINT NOT NULL, wait BIGINT NOT NULL, next_at BIGINT, asked_at BIGINT NOT NULL, "
    "read_at BIGINT, attempts BIGINT NOT NULL, trouble TEXT NOT NULL, detail TEXT NOT NULL, etag TEXT NOT NULL, "
    "last_modified TEXT NOT NULL, digest TEXT NOT NULL)",
    "CREATE INDEX feed_relays_due ON feed_relays (next_at) WHERE next_at IS NOT NULL",
    "CREATE INDEX feed_relays_by_host ON feed_relays (host, asked_at)",
    "CREATE INDEX feed_relays_by_organization ON feed_relays (organization_id, id)",
    "CREATE UNIQUE INDEX feed_relays_once ON feed_relays (account_id, url)",
    "CREATE TABLE relayed_items (id INTEGER PRIMARY KEY, relay_id BIGINT NOT NULL, guid TEXT NOT NULL, "
    "link TEXT NOT NULL, link_key TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL, tags TEXT NOT NULL, "
    "published_at BIGINT, state TEXT NOT NULL, status_id BIGINT, text TEXT NOT NULL, gone_at BIGINT)",
    "CREATE UNIQUE INDEX relayed_items_once ON relayed_items (relay_id, guid)",
    "CREATE INDEX relayed_items_by_link ON relayed_items (relay_id, link_key)",
    "CREATE INDEX relayed_items_waiting ON relayed_items (relay_id, id) WHERE state IN ('waiting', 'edited')",
    "CREATE TABLE relay_warnings (id INTEGER PRIMARY KEY, relay_id BIGINT NOT NULL, item_id BIGINT NOT NULL, "
    "kind TEXT NOT NULL, detail TEXT NOT NULL)",
    "CREATE INDEX relay_warnings_by_relay ON relay_warnings (relay_id, id)",
    "CREATE TABLE hub_leases (id INTEGER PRIMARY KEY, hub TEXT NOT NULL, topic TEXT NOT NULL, token TEXT NOT NULL, "
    "secret TEXT NOT NULL, expires_at BIGINT, next_at BIGINT NOT NULL, attempts BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX hub_leases_by_token ON hub_leases (token)",
    "CREATE INDEX hub_leases_due ON hub_leases (next_at)",
    "CREATE TABLE short_links (id INTEGER PRIMARY KEY, code TEXT NOT NULL, organization_id BIGINT NOT NULL, "
    "account_id BIGINT NOT NULL, user_id BIGINT NOT NULL, url TEXT NOT NULL, campaign TEXT NOT NULL)",
    "CREATE UNIQUE INDEX short_links_by_code ON short_links (code)",
    "CREATE UNIQUE INDEX short_links_once ON short_links (account_id, url)",
    "CREATE INDEX short_links_by_organization ON short_links (organization_id, id)",
    "CREATE TABLE link_counts (link_id BIGINT NOT NULL, day BIGINT NOT NULL, people BIGINT NOT NULL, "
    "bots BIGINT NOT NULL, PRIMARY KEY (link_id, day))",
    "CREATE TABLE link_trackings (account_id BIGINT PRIMARY KEY, organization_id BIGINT NOT NULL, "
    "source TEXT NOT NULL, medium TEXT NOT NULL, campaign TEXT NOT NULL)",
]
