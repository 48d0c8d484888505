"""Prints the tables of README."""

from __future__ import annotations

import sys

from .abroad import table_abroad
from .scores import table

if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n\n{table_abroad()}\n")
