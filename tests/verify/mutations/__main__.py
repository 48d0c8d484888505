"""Prints the tables of README."""

from __future__ import annotations

import sys

from .scores import table

if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
