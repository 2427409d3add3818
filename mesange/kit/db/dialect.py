"""Every difference between the two engines' SQL, in one place.

Statements are written once with `?` placeholders; `= ANY(?)` and `<> ALL(?)` take a list.
`FOR UPDATE` and `FOR SHARE` at the end of a statement hold its rows until the commit; one writer needs no such thing.
DDL is written with BIGINT, SMALLINT, TEXT and BLOB, `INTEGER PRIMARY KEY` for a 64-bit row id that we give, and
`INTEGER PRIMARY KEY AUTOINCREMENT` for one that the engine gives. `CREATE FULLTEXT TABLE name` makes an index of
documents (see fulltext.py). `COLLATE BYTES` compares texts by their bytes, so that a prefix is a range.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

ANY_OF = re.compile(r"= ANY\(\?\)")
NONE_OF = re.compile(r"<> ALL\(\?\)")
ROW_LOCK = re.compile(r" FOR (UPDATE|SHARE)$")
PLACEHOLDER = re.compile(r"\?")
FULLTEXT = re.compile(r"CREATE FULLTEXT TABLE (\w+)")
encode_list = msgspec.json.Encoder().encode


class Sqlite:
    append_event = "INSERT INTO events (epoch, data) VALUES (0, ?)"
    events_after = "SELECT 0, seq, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?"
    newest_position = "SELECT 0, coalesce(max(seq), 0) FROM events"

    @staticmethod
    def ready(sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
        """The statement and its values as this engine takes them; lists travel as JSON."""
        text, takes_lists = Sqlite.translated(sql)
        if takes_lists:
            return text, [encode_list(value).decode() if isinstance(value, list) else value for value in values]
        return text, values

    @staticmethod
    @lru_cache(maxsize=2_000)
    def translated(sql: str) -> tuple[str, bool]:
        text = ANY_OF.sub("IN (SELECT value FROM json_each(?))", sql)
        text = NONE_OF.sub("NOT IN (SELECT value FROM json_each(?))", text)
        text = text.replace("COLLATE BYTES", "COLLATE BINARY")
        return ROW_LOCK.sub("", text), "json_each(?)" in text

    @staticmethod
    def ddl(statement: str) -> str:
        """Tables whose rows are found by a composite key are stored in that key's own tree."""
        statement = statement.replace("COLLATE BYTES", "COLLATE BINARY")
        if made := FULLTEXT.fullmatch(statement):
            return (
                f"CREATE VIRTUAL TABLE {made[1]} USING fts5(terms, content='', contentless_delete=1, "
                "tokenize=\"ascii tokenchars '#@:_|.-'\")"
            )
        if "PRIMARY KEY (" in statement:
            return statement.rstrip().removesuffix(";") + " WITHOUT ROWID"
        return statement


class Postgres:
    append_event = (
        "INSERT INTO events (epoch, data) VALUES (pg_current_xact_id()::text::bigint, $1) RETURNING epoch, seq"
    )
    # Read only below the oldest running transaction, and in the order of transactions: a later commit may
    # carry a lower sequence, and a reader following `seq` alone would lose it for ever.
    events_after = (
        "SELECT epoch, seq, data FROM events WHERE (epoch, seq) > (?, ?) "
        "AND epoch < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY epoch, seq LIMIT ?"
    )
    newest_position = (
        "SELECT epoch, seq FROM events WHERE epoch < pg_snapshot_xmin(pg_current_snapshot())::text::bigint "
        "ORDER BY epoch DESC, seq DESC LIMIT 1"
    )

    @staticmethod
    @lru_cache(maxsize=2_000)
    def statement(sql: str) -> str:
        parts = PLACEHOLDER.split(sql.replace("COLLATE BYTES", 'COLLATE "C"'))
        return parts[0] + "".join(f"${number}{part}" for number, part in enumerate(parts[1:], 1))

    @staticmethod
    def ddl(statement: str) -> str:
        statement = statement.replace("COLLATE BYTES", 'COLLATE "C"')
        if made := FULLTEXT.fullmatch(statement):
            # What waits to be sorted into the index is read by every search: it must stay little.
            return (
                f"CREATE TABLE {made[1]} (id BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL);"
                f"CREATE INDEX {made[1]}_by_term ON {made[1]} USING gin (terms) WITH (gin_pending_list_limit = 256)"
            )
        statement = statement.replace("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGSERIAL PRIMARY KEY")
        statement = statement.replace("INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY")
        return re.sub(r"\bBLOB\b", "BYTEA", statement)
