"""People's ways in: a page's address, a list from another reader, and out again."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from digest import config
from digest.cli import main
from tests.pipeline.web import Web, articles, atom


def feeds(site: Path, *words: str, status: int = 0) -> Result:
    result = CliRunner().invoke(main, ["feeds", *words, "-C", str(site)], catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result


def urls(site: Path) -> list[str]:
    return [feed.url for feed in config.read(site).feeds]


def test_a_page_leads_to_its_feed(site: Path, web: Web) -> None:
    """By the link in its head, by a usual path, or by being one; the first that can be read."""
    web.answers |= {
        "/blog/": b"""<html><head>
            <link rel=alternate type=application/rss+xml href=/gone.xml>
            <link rel=alternate type=application/atom+xml href=/named.xml>
            <link rel=alternate type=application/atom+xml href=/other.xml></head></html>""",
        "/named.xml": atom(articles()[:2], web.base),
        "/quiet/": b"<html><body>Nothing to see</body></html>",
        "/quiet/feed.xml": atom(articles()[2:4], web.base),
        "/itself.xml": atom(articles()[4:6], web.base),
    }
    paths = ("/blog/", "/quiet/", "/itself.xml")
    result = feeds(site, "add", *(web.base + path for path in paths), "--tag", "a b")
    found = [f"{web.base}{path}" for path in ("/named.xml", "/quiet/feed.xml", "/itself.xml")]
    assert urls(site)[1:] == found
    assert all(feed.tags == ("a b",) for feed in config.read(site).feeds[1:])
    assert "“A newsroom”, 2 entries" in result.stdout
    assert "/other.xml" in result.stdout
    assert len(web.asked) < 20


def test_what_has_no_feed_is_told(site: Path, web: Web) -> None:
    """Status 1, where it was looked for, and feeds.yaml as it was; politely few requests."""
    before = (site / "feeds.yaml").read_bytes()
    web.answers.clear()
    web.answers["/none/"] = b"<html><body>No feed anywhere</body></html>"
    result = feeds(site, "add", f"{web.base}/none/", status=1)
    assert "no feed was found" in result.stderr
    assert "other addresses" in result.stderr
    assert (site / "feeds.yaml").read_bytes() == before
    assert len(web.asked) <= 16
    assert "expected http or https" in feeds(site, "add", "ftp://a.example/", status=1).stderr


def test_a_feed_that_is_there_is_not_doubled(site: Path, web: Web) -> None:
    """However its address is written; one that cannot be reached does not stop another."""
    before = (site / "feeds.yaml").read_bytes()
    result = feeds(site, "add", "http://127.0.0.1:9/", f"{web.base}/feed.xml#top")
    assert "is there already, as newsroom" in result.stdout
    assert "127.0.0.1:9" in result.stderr
    assert (site / "feeds.yaml").read_bytes() == before


def test_lists_come_in_and_go_out(site: Path, tmp_path: Path) -> None:
    """What was exported, imported elsewhere, gives the same feeds; importing again adds none."""
    opml = tmp_path / "mine.opml"
    opml.write_text(
        "<opml><body><outline text='AI'><outline text='One' xmlUrl='https://one.example/f'/>"
        "<outline text='Same' xmlUrl='http://www.one.example/f/'/>"
        "<outline text='Two' xmlUrl='https://two.example/f'/></outline></body></opml>"
    )
    feeds(site, "import", str(opml))
    assert urls(site)[1:] == ["https://one.example/f", "https://two.example/f"]
    again = feeds(site, "import", str(opml))
    assert again.stdout.count("is there already") == 3
    out = tmp_path / "out.opml"
    feeds(site, "export", str(out))
    assert feeds(site, "export").stdout == out.read_text()
    new = tmp_path / "new"
    made = CliRunner().invoke(main, ["init", str(new), "--from", str(out)])
    assert made.exit_code == 0, made.output
    assert sorted(urls(new)) == sorted(urls(site))
    assert "simonwillison" not in (new / "feeds.yaml").read_text()
    assert "# - url: https://example.org/feed.xml" in (new / "feeds.yaml").read_text()


def test_what_is_no_list_is_told(site: Path, tmp_path: Path) -> None:
    """Status 2 with the file's name, and nothing is made or changed."""
    bad = tmp_path / "bad.opml"
    bad.write_text("nothing")
    assert "bad.opml: not OPML" in feeds(site, "import", str(bad), status=2).stderr
    bad.write_text("<opml><body/></opml>")
    assert "holds no feed" in feeds(site, "import", str(bad), status=2).stderr
    made = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--from", str(bad)])
    assert made.exit_code == 2
    assert not (tmp_path / "new").exists()
