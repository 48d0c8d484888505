"""The preview: drafts, errors in the browser, pages that load themselves again."""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from digest.errors import PublishError
from digest.serve import CHANGES, SCRIPT, Preview, server

PAGE = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'\">"
    "<body>{}</body>"
)


class Site:
    """A site whose pages say what its one content file says."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "content" / "a.md"
        self.out = folder / "out"
        self.file.parent.mkdir(parents=True)
        self.out.mkdir()
        self.save("first")
        self.preview = Preview(folder, self._build)

    def save(self, text: str) -> None:
        self.file.write_text(text)

    def _build(self) -> None:
        text = self.file.read_text()
        if "wrong" in text:
            raise PublishError(f"{self.file}:2", "expected <nothing> of the kind")
        (self.out / "index.html").write_text(PAGE.format(text))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def ask(site: Site) -> Iterator[Callable[..., tuple[int, str]]]:
    """A function that asks the running preview for a path."""
    httpd = server(site.preview, site.out, 0)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    port = httpd.server_address[1]

    def one(path: str, host: str = "localhost") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        if path == CHANGES:
            text = ""
            while "changed" not in text:
                text += response.readline().decode()
                if text.startswith(":") and "second" not in site.file.read_text():
                    site.save("second")
        else:
            text = response.read().decode()
        connection.close()
        return response.status, text

    with closing_server(httpd, thread):
        yield one


@contextmanager
def closing_server(httpd: ThreadingHTTPServer, thread: threading.Thread) -> Iterator[None]:
    try:
        yield
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def test_a_page_follows_its_file(site: Site, ask: Callable[..., tuple[int, str]]) -> None:
    assert "first" in ask("/")[1]
    site.save("another text")
    assert "another text" in ask("/")[1]


def test_a_page_loads_itself_again(ask: Callable[..., tuple[int, str]]) -> None:
    """The script is added, its policy lets it ask, and a saved file is told without a request."""
    status, page = ask("/")
    assert status == 200
    assert f'<script src="{SCRIPT}"></script>\n</body>' in page
    assert "default-src 'none'; connect-src 'self'; img-src 'self'" in page
    assert CHANGES in ask(SCRIPT)[1]
    assert "event: changed" in ask(CHANGES)[1]
    assert "second" in ask("/")[1]


def test_an_error_is_shown_with_its_line(site: Site, ask: Callable[..., tuple[int, str]]) -> None:
    """File, line and what was expected, escaped; the page comes back when it is mended."""
    site.save("fine\n<b>wrong</b>\nfine")
    status, page = ask("/")
    assert status == 500
    assert "expected &lt;nothing&gt; of the kind" in page
    assert "&gt;    2  &lt;b&gt;wrong&lt;/b&gt;" in page
    assert SCRIPT in page
    site.save("mended")
    assert ask("/")[0] == 200


def test_only_localhost_is_served(ask: Callable[..., tuple[int, str]]) -> None:
    """A page elsewhere whose name was pointed at this machine reads no drafts."""
    assert ask("/", "evil.example")[0] == 403


def test_a_look_at_many_files_is_not_taken_too_often(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a look takes long, pages come from the last one; what was saved shows with the next."""
    clock = iter([0.0, 1.0, 2.0, 5.5, 5.6])
    monkeypatch.setattr("digest.serve.time", SimpleNamespace(monotonic=lambda: next(clock)))
    assert site.preview.refresh() == 1
    site.save("a longer text")
    assert site.preview.refresh() == 1
    assert site.preview.refresh() == 2


def test_any_file_below_what_is_watched_counts(site: Site) -> None:
    """One that comes, one that goes, one of the same size, one deep in a folder; nothing else."""
    deep = site.file.parent / "systems" / "2026-05-06"
    deep.mkdir(parents=True)
    before = site.preview._stamp()
    assert site.preview._stamp() == before
    (deep / "issue.md").write_text("new")
    after = site.preview._stamp()
    assert after != before
    os.utime(deep / "issue.md", (1, 1))
    assert site.preview._stamp() != after
    (deep / "issue.md").unlink()
    assert str(deep / "issue.md") not in {path for path, _, _ in site.preview._stamp()}
    (site.out / "other.md").write_text("nobody watches this")
    assert not [path for path, _, _ in site.preview._stamp() if "other" in path]
