"""
Progress on stderr: a bar on a terminal, plain lines elsewhere.

Touches the stream that it is given.
"""

from __future__ import annotations

import shutil
from typing import TextIO


class Progress:
    """
    Args:
        stream: Where to write, as a rule stderr.
        quiet: Write nothing but warnings.
        verbose: Write a line for each thing that went well, too.
    """

    def __init__(self, stream: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self._stream, self._quiet, self._verbose = stream, quiet, verbose
        self._is_terminal = stream.isatty() and not quiet
        self._done = 0

    def step(self, total: int, what: str, *, detail: str = "", warning: str = "") -> None:
        """
        One of `total` things is done.

        Args:
            total: How many there are in all.
            what: What is counted: "feeds".
            detail: A line for the verbose.
            warning: A line for everybody.
        """
        self._done += 1
        if warning:
            self.line(warning)
        elif detail and self._verbose:
            self.line(detail)
        if self._is_terminal:
            self._draw(total, what)
        elif not self._quiet and self._done == total:
            self.line(f"{total} of {total} {what}")
        if self._done == total:
            self._done = 0
            self._clear()

    def say(self, text: str) -> None:
        """A line that `quiet` leaves out."""
        if not self._quiet:
            self.line(text)

    def line(self, text: str) -> None:
        """A line for everybody."""
        self._clear()
        # A log that obeys lines (`::set-output …`) must not take one from a feed.
        safe = "".join(c if c.isprintable() else " " for c in text)
        print(" " + safe if safe.startswith("::") else safe, file=self._stream, flush=True)

    def _draw(self, total: int, what: str) -> None:
        width = min(40, max(10, shutil.get_terminal_size().columns - 30))
        full = width * self._done // max(total, 1)
        bar = "━" * full + "·" * (width - full)
        self._stream.write(f"\r\x1b[K{bar} {self._done}/{total} {what}")
        self._stream.flush()

    def _clear(self) -> None:
        if self._is_terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
