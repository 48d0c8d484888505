"""
`digest serve`: the site on localhost, drafts too, made anew when a file has changed.

Touches disk and a loopback socket. Pages go to a folder of their own, so that the site to
be published is not touched by a preview. Each page that goes out has a script added that
loads it again after a change, and its policy lets that script ask; nothing of this is ever
in site/.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .errors import DigestError

WATCHED = ("feeds.yaml", "content", "templates")
LOOK_EVERY_S = 0.5
REST = 4
"""So many times as long as a look took, nothing is looked at after it."""
CHANGES = "/.preview/changes"
SCRIPT = "/.preview/reload.js"
RELOAD = f'new EventSource("{CHANGES}").addEventListener("changed", () => location.reload());\n'
AROUND = 3
"""Lines shown before and after the one that is wrong."""

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(:\d+)?")
_LOCAL = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?")


class Preview:
    """
    Args:
        site: The site's folder.
        rebuild: Makes the pages.
    """

    def __init__(self, site: Path, rebuild: Callable[[], object]) -> None:
        self._site, self._rebuild = site, rebuild
        self._seen: list[tuple[str, int, int]] | None = None
        self._looks_from = 0.0
        """By the monotonic clock: before, nothing is looked at again."""
        self._lock = threading.Lock()
        self.error: DigestError | None = None
        self.version = 0
        """Grows with each change."""

    def refresh(self) -> int:
        """
        Make the pages again if a watched file has changed; the version they have now. Of the time
        it takes a fraction: to look at a site of very many files, for each file of each page that
        is shown, would leave no time for anything else.
        """
        with self._lock:
            begun = time.monotonic()
            if begun < self._looks_from:
                return self.version
            now = self._stamp()
            ended = time.monotonic()
            self._looks_from = ended + REST * (ended - begun)
            if now != self._seen:
                self.error = None
                try:
                    self._rebuild()
                except DigestError as exc:
                    self.error = exc
                self._seen = now
                self.version += 1
            return self.version

    def error_page(self) -> bytes:
        """What went wrong, with the lines of the file where that is known."""
        assert self.error is not None
        subject = getattr(self.error, "subject", "")
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
            "<title>The site could not be made</title></head>\n<body>\n"
            f"<h1>The site could not be made</h1>\n<p>{escape(str(self.error))}</p>\n"
            f"{self._lines(subject)}</body>\n</html>\n"
        ).encode()

    def _lines(self, subject: str) -> str:
        match = _PLACE.fullmatch(subject)
        if match is None:
            return ""
        for folder in (Path(), self._site, self._site / "content"):
            path = folder / match["path"]
            if path.is_file():
                lines = path.read_text("utf-8", "replace").splitlines()
                wrong = int(match["line"])
                shown = range(max(1, wrong - AROUND), min(len(lines), wrong + AROUND) + 1)
                text = "\n".join(
                    f"{'>' if n == wrong else ' '} {n:4}  {lines[n - 1]}" for n in shown
                )
                return f"<pre>{escape(text)}</pre>\n"
        return ""

    def _stamp(self) -> list[tuple[str, int, int]]:
        stats: list[tuple[str, int, int]] = []
        for name in WATCHED:
            path = self._site / name
            with suppress(OSError):
                stat = path.stat()
                stats.append((str(path), stat.st_mtime_ns, stat.st_size))
                if path.is_dir():
                    _add_times(str(path), stats)
        return stats


def _add_times(folder: str, stats: list[tuple[str, int, int]]) -> None:
    """
    Path, time and size of all that is in a folder and below it; paths as text, for a site of ten
    thousand issues has seventy thousand. What goes while it is listed is gone: editors save by
    renaming.
    """
    with os.scandir(folder) as found:
        for entry in found:
            with suppress(OSError):
                stat = entry.stat()
                stats.append((entry.path, stat.st_mtime_ns, stat.st_size))
                if entry.is_dir(follow_symlinks=False):
                    _add_times(entry.path, stats)


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        self._preview = preview
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        if not _LOCAL.fullmatch(self.headers.get("Host", "")):
            self._send(403, "text/plain", b"Only localhost is served here.\n")  # DNS rebinding
        elif self.path == SCRIPT:
            self._send(200, "text/javascript", RELOAD.encode())
        elif self.path == CHANGES:
            self._tell_changes()
        else:
            self._preview.refresh()
            self._page()

    def do_HEAD(self) -> None:
        self.do_GET()

    def _page(self) -> None:
        if self._preview.error:
            self._send(500, "text/html", with_reload(self._preview.error_page()))
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            self._send(200, "text/html", with_reload(path.read_bytes()))
        elif self.command == "HEAD":
            super().do_HEAD()
        else:
            super().do_GET()

    def _tell_changes(self) -> None:
        """Server-sent events: one for each change, until the page is closed."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self._preview.refresh()
        try:
            while True:
                now = self._preview.refresh()
                self.wfile.write(b"event: changed\ndata:\n\n" if now != seen else b":\n\n")
                self.wfile.flush()
                seen = now
                time.sleep(LOOK_EVERY_S)
        except OSError:  # the reader has left
            return

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self._send(404, "text/html", with_reload(page.read_bytes()))

    def log_message(self, format: str, *args: object) -> None:
        """Silent: a preview's requests interest nobody."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    """Pages that wait for changes do not keep the program from ending."""


def with_reload(page: bytes) -> bytes:
    """A page that loads itself again after a change, its policy made so that it may."""
    script = f'<script src="{SCRIPT}"></script>\n'.encode()
    page = page.replace(b"default-src 'none';", b"default-src 'none'; connect-src 'self';", 1)
    head, body, tail = page.rpartition(b"</body>")
    return head + script + body + tail


def server(preview: Preview, out: Path, port: int) -> ThreadingHTTPServer:
    """
    A server of the preview on 127.0.0.1; the caller runs it and closes it.

    Raises:
        OSError: The port is taken.
    """
    handler = partial(_Handler, directory=str(out), preview=preview)
    return _Server(("127.0.0.1", port), handler)
