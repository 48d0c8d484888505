"""
Makes the README's pictures anew, from the demo: `digest demo && python -m tests.screenshots demo`.

Looked at by a person, since no test can say whether a picture still sells.
"""

from __future__ import annotations

import functools
import shutil
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).parent.parent / ".github"
WIDTH = 1100
PICTURES = {"issue": ("", 0, 620), "evidence": ("evidence/", 572, 470)}
"""Name → page below the issue's, and from where, how many pixels of it."""


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def main() -> None:
    site = Path(sys.argv[1]) / "site"
    (page, *_) = sorted(site.glob("workbench/20*/index.html"))
    serve = functools.partial(_Silent, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/{page.parent.relative_to(site)}/"
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme="light")
        for name, (path, top, height) in PICTURES.items():
            tab.goto(base + path)
            box = {"x": 0, "y": top, "width": WIDTH, "height": height}
            tab.screenshot(path=TARGET / f"{name}.png", clip=box, full_page=True)  # type: ignore[arg-type]
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
