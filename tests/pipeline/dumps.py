"""What a store holds, so that two can be compared. Reads the file itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from digest.store import FILE


def dump(folder: Path) -> dict[str, list[Any]]:
    """All that a store holds, sorted; rows by their keys, without the time that servers took."""
    with closing(sqlite3.connect(folder / FILE)) as db:
        db.row_factory = sqlite3.Row
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
        keys = {row["row"]: (row["feed"], row["id"]) for row in db.execute("SELECT * FROM entries")}
        held = {}
        for name in names:
            rows = [dict(row) for row in db.execute(f"SELECT * FROM {name}")]
            for row in rows:
                row.pop("seconds", None)
                for column in ("row", "entry", "original"):
                    if column in row:
                        row[column] = keys[row[column]]
            held[name] = sorted(map(repr, rows))
        return held
