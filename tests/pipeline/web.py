"""A small web on loopback whose answers a test may change while it runs."""

from __future__ import annotations

import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

from digest.demo.publishers import SITES, Post
from digest.demo.sources import posts

FOOTER = "<p>You are reading the digest of a small newsroom. Subscribe to our letter.</p>"


def articles() -> list[Post]:
    """Long posts of the demo's publishers, oldest first: real prose, each about its own thing."""
    found = [post for site in SITES for post in posts(site)]
    long = [post for post in found if len(post.html) > 2500 and not post.target]
    return sorted(long, key=lambda post: (post.published, post.name))


def atom(told: list[Post], base: str) -> bytes:
    """An Atom feed with full text in its summaries and the same words under each."""
    entries = "".join(
        f"""<entry><title>{escape(post.title)}</title><id>tag:{post.name}</id>
        <link href="{base}/{post.name}/#atom-entries"/>
        <published>{post.published.isoformat()}</published>
        <summary type="html">{escape(post.html + FOOTER)}</summary></entry>"""
        for post in told
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>A newsroom</title><id>{base}/</id><updated>2026-04-01T00:00:00Z</updated>"
        f"{entries}</feed>"
    ).encode()


class Web:
    """Answers by path; `asked` holds each request's path and its If-None-Match."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.delay = threading.Event()
        self.delay.set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers["If-None-Match"]))
                outer.delay.wait(20)
                body = outer.answers.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                tag = f'"{sha256(body).hexdigest()[:8]}"'
                if self.headers["If-None-Match"] == tag:
                    self.send_response(304)
                    self.send_header("ETag", tag)
                    self.end_headers()
                    return
                self.send_response(200)
                kind = "application/atom+xml" if self.path.endswith("xml") else "text/html"
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("ETag", tag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
