"""
`digest serve`: the site on localhost, drafts too, made anew when a file has changed.

Touches disk and a loopback socket. Pages go to a folder of their own, so that the site to
be published is not touched by a preview.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

WATCHED = ("feeds.yaml", "content", "templates")


class Preview:
    """
    Args:
        site: The site's folder.
        rebuild: Makes the pages; raises nothing, returns what went wrong or an empty text.
    """

    def __init__(self, site: Path, rebuild: Callable[[], str]) -> None:
        self._site, self._rebuild = site, rebuild
        self._seen: tuple[tuple[str, int, int], ...] | None = None
        self._lock = threading.Lock()
        self.error = ""

    def refresh(self) -> None:
        """Make the pages again if a watched file has changed."""
        with self._lock:
            now = self._stamp()
            if now != self._seen:
                self.error = self._rebuild()
                self._seen = now

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        paths = [self._site / name for name in WATCHED]
        files = [path for top in paths for path in (top.rglob("*") if top.is_dir() else [top])]
        stats = [(str(path), path.stat()) for path in files if path.is_file()]
        return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        self._preview = preview
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        self._preview.refresh()
        if self._preview.error:
            body = f"The site could not be made.\n\n{self._preview.error}\n".encode()
            self.send_response(500)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: a preview's requests interest nobody."""


def server(preview: Preview, out: Path, port: int) -> ThreadingHTTPServer:
    """
    A server of the preview on 127.0.0.1; the caller runs it and closes it.

    Raises:
        OSError: The port is taken.
    """
    handler = partial(_Handler, directory=str(out), preview=preview)
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
