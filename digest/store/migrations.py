"""
The database's shape, as the steps that lead to it.

Touches the database that it is given. A step is never changed once it has been released:
a new shape is a new step at the end.
"""

from __future__ import annotations

import sqlite3

MIGRATIONS: tuple[tuple[str, str], ...] = (
    (
        "0001 feeds, entries, documents",
        """
        CREATE TABLE feeds (
            feed TEXT PRIMARY KEY,
            url TEXT NOT NULL,
            etag TEXT NOT NULL,
            last_modified TEXT NOT NULL,
            last_poll TEXT,
            last_success TEXT,
            last_full TEXT,
            next_poll TEXT,
            pace_s INTEGER NOT NULL,
            last_entry TEXT,
            failures INTEGER NOT NULL,
            gone INTEGER NOT NULL,
            moved_to TEXT NOT NULL,
            moved_count INTEGER NOT NULL,
            error TEXT NOT NULL,
            title TEXT NOT NULL,
            site_url TEXT NOT NULL
        ) STRICT;

        CREATE TABLE polls (
            feed TEXT NOT NULL,
            at TEXT NOT NULL,
            status INTEGER NOT NULL,   -- HTTP status, 0 where no answer came
            error TEXT NOT NULL,       -- empty where it was good
            seconds REAL NOT NULL,
            bytes INTEGER NOT NULL,
            new INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            PRIMARY KEY (feed, at)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE entries (
            row INTEGER PRIMARY KEY,
            feed TEXT NOT NULL,
            id TEXT NOT NULL,
            url TEXT NOT NULL,
            canonical TEXT NOT NULL,
            title TEXT NOT NULL,
            author TEXT NOT NULL,
            published TEXT,
            updated TEXT,
            html TEXT NOT NULL,
            tags TEXT NOT NULL,        -- JSON array
            language TEXT NOT NULL,
            points_to TEXT NOT NULL,
            first_seen TEXT NOT NULL,
            document TEXT NOT NULL,    -- id, empty while there is none
            hash TEXT NOT NULL,        -- of all that its feed says
            UNIQUE (feed, id)
        ) STRICT;
        CREATE INDEX entries_first_seen ON entries (first_seen);
        CREATE INDEX entries_canonical ON entries (feed, canonical);

        CREATE TABLE appearances (     -- other ids under which a feed gave the same post
            feed TEXT NOT NULL,
            id TEXT NOT NULL,
            entry INTEGER NOT NULL REFERENCES entries (row),
            first_seen TEXT NOT NULL,
            PRIMARY KEY (feed, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE revisions (       -- what an edited entry said before
            entry INTEGER NOT NULL REFERENCES entries (row),
            until TEXT NOT NULL,
            title TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (entry, until)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE documents (
            id TEXT PRIMARY KEY,       -- first 12 hex digits of sha256
            sha256 TEXT NOT NULL,
            url TEXT NOT NULL,
            final_url TEXT NOT NULL,
            publisher TEXT NOT NULL,
            site TEXT NOT NULL,
            title TEXT NOT NULL,
            author TEXT NOT NULL,
            published TEXT,
            fetched_at TEXT NOT NULL,
            language TEXT NOT NULL,
            wall TEXT NOT NULL,
            text BLOB NOT NULL,        -- zlib, UTF-8
            structure BLOB NOT NULL    -- zlib, JSON: blocks and links
        ) STRICT;

        CREATE TABLE pages (           -- what came of opening an address
            canonical TEXT PRIMARY KEY,
            document TEXT NOT NULL,    -- id, empty where nothing could be read
            error TEXT NOT NULL,
            tried_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "0002 samples of texts",
        """
        CREATE TABLE samples (         -- under which an entry's text is looked up
            sample INTEGER NOT NULL,
            entry INTEGER NOT NULL REFERENCES entries (row),
            PRIMARY KEY (sample, entry)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX samples_entry ON samples (entry);

        CREATE TABLE signatures (
            entry INTEGER PRIMARY KEY REFERENCES entries (row),
            original INTEGER NOT NULL REFERENCES entries (row),  -- itself where it is no copy
            samples BLOB NOT NULL      -- all of them, four bytes each, ascending
        ) STRICT;
        """,
    ),
    (
        "0003 deliveries",
        """
        CREATE TABLE deliveries (      -- how far the sending of an issue has come
            issue TEXT PRIMARY KEY,    -- digest/date
            via TEXT NOT NULL,
            state TEXT NOT NULL,
            remote_id TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            at TEXT
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE recipients (      -- what came of each, where the list is ours
            issue TEXT NOT NULL,
            recipient TEXT NOT NULL,   -- hash of issue and address
            state TEXT NOT NULL,
            words TEXT NOT NULL,       -- the server's reason, without addresses
            at TEXT,
            PRIMARY KEY (issue, recipient)
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "0004 calls to language models",
        """
        CREATE TABLE calls (           -- each before it is made, and what came of it
            number INTEGER PRIMARY KEY,
            issue TEXT NOT NULL,       -- digest/date
            key TEXT NOT NULL,         -- hash of the request
            role TEXT NOT NULL,
            model TEXT NOT NULL,
            at TEXT NOT NULL,
            state TEXT NOT NULL,       -- reserved, arrived, refused, cut
            input INTEGER NOT NULL,    -- tokens; what was reserved, unless it has arrived
            output INTEGER NOT NULL,
            usd REAL,                  -- NULL where no price is known
            seconds REAL NOT NULL,
            words TEXT NOT NULL        -- why none arrived
        ) STRICT;
        CREATE INDEX calls_issue ON calls (issue);
        CREATE INDEX calls_at ON calls (at);

        CREATE TABLE replies (
            key TEXT PRIMARY KEY,
            call INTEGER NOT NULL REFERENCES calls (number),
            text BLOB NOT NULL,        -- zlib, UTF-8
            finish TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "0005 salt",
        """
        CREATE TABLE salt (            -- one row: what makes words that nobody can guess
            value TEXT NOT NULL
        ) STRICT;
        """,
    ),
    (
        "0006 embeddings",
        """
        CREATE TABLE vectors (
            key TEXT PRIMARY KEY,      -- hash of the model's name and the text
            numbers BLOB NOT NULL,     -- four bytes each
            at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "0007 searches",
        """
        CREATE TABLE searches (        -- what a search provider answered
            provider TEXT NOT NULL,
            query TEXT NOT NULL,
            hits TEXT NOT NULL,        -- JSON: [title, url, snippet, published] each
            at TEXT NOT NULL,
            PRIMARY KEY (provider, query)
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "0008 indexes for a large store",
        """
        CREATE INDEX entries_document ON entries (document);
        CREATE INDEX entries_feed_first_seen ON entries (feed, first_seen);
        CREATE INDEX polls_at ON polls (at);
        """,
    ),
    (
        "0009 texts when they are wanted",
        """
        ALTER TABLE entries ADD COLUMN edited_at TEXT;  -- since when its feed says what it says
        ALTER TABLE entries ADD COLUMN text_made INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE entries ADD COLUMN page_wanted INTEGER NOT NULL DEFAULT 0;
        UPDATE entries SET edited_at = (SELECT max(until) FROM revisions WHERE entry = row)
            WHERE row IN (SELECT entry FROM revisions);
        UPDATE entries SET text_made = 0, page_wanted = 1 WHERE document = '';
        DROP INDEX entries_document;
        CREATE INDEX entries_document ON entries (document) WHERE document <> '';
        CREATE INDEX entries_page_wanted ON entries (feed) WHERE page_wanted = 1;
        """,
    ),
    (
        "0010 what was written anew",
        """
        CREATE TABLE redone (
            issue TEXT NOT NULL,       -- <digest>/<date>
            part TEXT NOT NULL,        -- empty for all of it
            stood TEXT NOT NULL,       -- hash of what stood there
            times INTEGER NOT NULL,    -- how often it was written anew over that
            PRIMARY KEY (issue, part)
        ) STRICT, WITHOUT ROWID;
        """,
    ),
    (
        "0011 what feeds said, packed",
        """
        -- As it came, or zlib of it, UTF-8: a poll has no time to pack, `prune` has.
        ALTER TABLE entries ADD COLUMN said ANY NOT NULL DEFAULT '';
        UPDATE entries SET said = html WHERE html <> '';
        ALTER TABLE entries DROP COLUMN html;
        ALTER TABLE entries RENAME COLUMN said TO html;
        """,
    ),
    (
        "0012 indexes for dropping what is old",
        """
        CREATE INDEX entries_html ON entries (first_seen) WHERE html <> '';
        CREATE INDEX documents_fetched_at ON documents (fetched_at);
        """,
    ),
    (
        "0013 what format a feed is in",
        """
        ALTER TABLE feeds ADD COLUMN format TEXT NOT NULL DEFAULT '';  -- until it is read again
        """,
    ),
    (
        "0014 posts that need not be read again",
        """
        CREATE TABLE readings (        -- of the last document of a feed
            feed TEXT PRIMARY KEY,
            posts TEXT NOT NULL        -- a line each: hash, hash of its page, what it points to
        ) STRICT, WITHOUT ROWID;
        """,
    ),
)


def applied(db: sqlite3.Connection) -> int:
    """How many steps the database has behind it."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(db: sqlite3.Connection) -> None:
    """Take the steps that are missing, each whole or not at all."""
    for number, (_, script) in enumerate(MIGRATIONS, 1):
        if number > applied(db):
            # One script, so that a kill in the middle leaves the step before.
            db.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
