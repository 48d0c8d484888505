"""Documents that break parsers, lie about their encoding, or play with identity and time."""

# ruff: noqa: E501 - a case is a line
from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from digest.types import Entry

from .case import Case, answer, feed, item, served

SECRET = "root:x:0:0"
XML = '<?xml version="1.0"?>'


def _none_says(*words: str) -> Callable[[Sequence[Entry]], bool]:
    return lambda entries: not any(word in repr(entry) for entry in entries for word in words)


def _titles(*titles: str) -> Callable[[Sequence[Entry]], bool]:
    return lambda entries: sorted(entry.title for entry in entries) == sorted(titles)


def _says(words: str) -> Callable[[Sequence[Entry]], bool]:
    return lambda entries: all(words in entry.html + entry.title for entry in entries)


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)  # fmt: skip
EXTERNAL = '<!DOCTYPE rss [<!ENTITY x SYSTEM "{}">]>'
TITLE = "<item><title>{}</title></item>"
SAFE = _none_says(SECRET, "hahaha")

ATTACKS = [
    Case("laughs", served(TITLE.format("&j;"), item(2), before=LAUGHS + "]>"), "", -1, SAFE),
    Case("quadratic", served(TITLE.format("&x;" * 20_000), before=f'<!DOCTYPE rss [<!ENTITY x "{"x" * 20_000}">]>'), "", -1),
    Case("entity-of-a-file", served(TITLE.format("a&x;"), before=EXTERNAL.format("file:///etc/passwd")), "", -1, SAFE),
    Case("entity-of-a-host", served(TITLE.format("a&x;"), before=EXTERNAL.format("http://127.0.0.1:1/")), "", -1),
    Case("parameter-entity", served(item(), before='<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'), "", -1, SAFE),
    Case("doctype-of-a-file", served(item(), before='<!DOCTYPE rss SYSTEM "file:///etc/passwd">'), "", -1, SAFE),
    Case("entity-in-itself", served(TITLE.format("a&x;"), before='<!DOCTYPE rss [<!ENTITY x "&y;"><!ENTITY y "&x;">]>'), "", -1),
    Case("xinclude", served('<item><title>a</title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></item>'), "", 1, SAFE),
    Case("stylesheet", served(before=XML + '<?xml-stylesheet href="http://127.0.0.1:1/x.xsl" type="text/xsl"?>')),
    Case("base-inside", served('<item xml:base="file:///etc/"><title>a</title><link>passwd</link></item>'), "", 1),
    Case("deep", answer(b"<rss><channel>" + b"<a>" * 200_000), "", -1),
    Case("deep-and-closed", answer(b"<rss><channel>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</channel></rss>"), "", -1),
    Case("deep-entry", served(f"<item><title>a</title><description>{'&lt;div&gt;' * 100_000}deep</description></item>"), "", -1),
    Case("deep-lists", served(f"<item><title>a</title><description>{'&lt;ul&gt;&lt;li&gt;' * 20_000}x</description></item>"), "", -1),
    Case("deep-tables", served(f"<item><title>a</title><description>{'&lt;table&gt;&lt;tr&gt;&lt;td&gt;' * 20_000}x</description></item>"), "", -1),
    Case("formats-never-closed", served(f"<item><title>a</title><description>{'&lt;b&gt;&lt;i&gt;&lt;p&gt;' * 10_000}x</description></item>"), "", -1),
    Case("never-closed", answer(b"<rss><channel>" + b"<item><title>a" * 50_000), "", -1),
    Case("100000-attributes", answer(b"<rss " + b" ".join(b'a%d="b"' % n for n in range(100_000)) + b"><channel/></rss>"), "", -1),
    Case("attribute-of-5-mb", answer(b'<rss a="' + b"x" * 5_000_000 + b'"><channel><item><title>a</title></item></channel></rss>'), "", -1),
    Case("tag-name-of-5-mb", answer(b"<rss><channel><" + b"x" * 5_000_000 + b"/></channel></rss>"), "", -1),
    Case("100000-namespaces", answer(b"<rss " + b" ".join(b'xmlns:a%d="urn:%d"' % (n, n) for n in range(50_000)) + b"><channel/></rss>"), "", -1),
    Case("100000-entries", answer(feed(*(f"<item><title>{n}</title><guid>{n}</guid></item>" for n in range(100_000)))), "", -1),
    Case("too-large", answer(b"<rss><channel>" + b" " * 10_100_000), "larger than|took over"),
    Case("white-space-of-a-megabyte", answer(b" " * 1_000_000 + b"x"), "expected a feed"),
    Case("spaces-then-feed", answer(b" " * 90_000 + feed())),
    Case("comments-never-closed", answer(b"<!--" * 20_000 + feed()), "", -1),
    Case("cdata-never-closed", served("<item><title><![CDATA[a</title></item>"), "", -1),
    Case("pi-never-closed", answer(b"<?xml " * 20_000), "", -1),
    Case("ampersands", served(TITLE.format("&" * 300_000)), "", -1),
    Case("references", served(TITLE.format("&#0;&#xFFFFFFFFF;&#x110000;&#xD800;&#8;fine")), "", 1),
    Case("left-brackets", answer(b"<" * 1_000_000), "", -1),
    Case("quotes", answer(b"<rss a=\"" * 50_000), "", -1),
]  # fmt: skip

HUGE = [
    Case("title-of-a-megabyte", served(TITLE.format("long " * 200_000)), "", 1, lambda es: len(es[0].title) < 2_000),
    Case("guid-of-a-megabyte", served(f"<item><title>a</title><guid>{'g' * 1_000_000}</guid></item>"), "", 1, lambda es: len(es[0].id) < 1_000),
    Case("link-of-a-megabyte", served(f"<item><title>a</title><link>https://tides.example/{'x' * 1_000_000}</link></item>"), "", 1, lambda es: len(es[0].url) < 10_000),
    Case("author-of-a-megabyte", served(f"<item><title>a</title><author>{'A' * 1_000_000}</author></item>"), "", -1, lambda es: all(len(e.author) < 2_000 for e in es)),
    Case("entry-of-5-mb", served(f"<item><title>a</title><description>{'words and ' * 500_000}</description></item>"), "", -1, lambda es: all(len(e.html) < 2_000_000 for e in es)),
    Case("one-word-of-5-mb", served(f"<item><title>a</title><description>{'w' * 5_000_000}</description></item>"), "", -1),
    Case("10000-categories", served("<item><title>a</title>" + "".join(f"<category>{n}</category>" for n in range(10_000)) + "</item>"), "", -1, lambda es: all(len(e.tags) <= 30 for e in es)),
    Case("10000-links", served("<item><title>a</title><description>" + "&lt;a href='https://x.example/'&gt;x&lt;/a&gt; " * 10_000 + "</description></item>"), "", -1),
    Case("channel-title-of-a-megabyte", served(channel=f"<title>{'T' * 1_000_000}</title>")),
]  # fmt: skip


def _encoded(codec: str, label: str = "", header: str = "", text: str = "Ébb ünd Flœw") -> bytes:
    declared = f'<?xml version="1.0" encoding="{label}"?>' if label else ""
    body = feed(TITLE.format(text), before=declared).decode().encode(codec, "replace")
    return answer(body, kind=f"text/xml; charset={header}" if header else "text/xml")


EBB = _titles("Ébb ünd Flœw")
WEST = _titles("Ébb ünd Flow")
CHARSETS = [
    Case("utf-8", _encoded("utf-8", "utf-8"), "", 1, EBB),
    Case("utf-8-mark", _encoded("utf-8-sig", "utf-8"), "", 1, EBB),
    Case("utf-8-called-latin-1", _encoded("utf-8", "iso-8859-1"), "", 1, EBB),
    Case("utf-8-called-ascii", _encoded("utf-8", "us-ascii", "us-ascii"), "", 1, EBB),
    Case("utf-8-called-utf-16", _encoded("utf-8", "utf-16"), "", 1, EBB),
    Case("utf-16", _encoded("utf-16", "utf-16"), "", 1, EBB),
    Case("utf-16-no-mark", _encoded("utf-16-le", "utf-16"), "", 1, EBB),
    Case("utf-16-be-no-mark", _encoded("utf-16-be"), "", 1, EBB),
    Case("utf-16-called-utf-8", _encoded("utf-16", "utf-8", "utf-8"), "", 1, EBB),
    Case("utf-32", _encoded("utf-32", "utf-32"), "", 1, EBB),
    Case("cp1252", _encoded("cp1252", "windows-1252"), "", 1, EBB),
    Case("cp1252-called-latin-1", _encoded("cp1252", "iso-8859-1"), "", 1, EBB),
    Case("cp1252-called-utf-8", _encoded("cp1252", "utf-8", "utf-8"), "", 1, EBB),
    Case("cp1252-called-nothing", _encoded("cp1252"), "", 1, EBB),
    Case("latin-1-by-header", _encoded("latin-1", "", "iso-8859-1", "Ébb ünd Flow"), "", 1, WEST),
    Case("koi8-r", _encoded("koi8-r", "koi8-r", "", "Прилив"), "", 1, _titles("Прилив")),
    Case("shift-jis", _encoded("shift_jis", "shift_jis", "", "潮の満ち引き"), "", 1, _titles("潮の満ち引き")),
    Case("iso-2022-jp", _encoded("iso2022_jp", "iso-2022-jp", "", "潮"), "", 1, _titles("潮")),
    Case("gb2312", _encoded("gb2312", "gb2312", "", "潮汐"), "", 1, _titles("潮汐")),
    Case("big5-by-header", _encoded("big5", "", "big5", "潮汐"), "", 1, _titles("潮汐")),
    Case("unknown-charset", _encoded("utf-8", "x-klingon", "x-klingon"), "", 1, EBB),
    Case("charset-of-a-codec", _encoded("utf-8", "base64", "rot13"), "", 1, EBB),
    Case("charset-idna", _encoded("utf-8", "idna", "unicode_escape"), "", 1, EBB),
    Case("utf-7", answer(b'<?xml version="1.0" encoding="utf-7"?>' + feed(TITLE.format("+ADw-script+AD4-"))), "", 1, _none_says("<script")),
    Case("broken-utf-8", answer(feed(TITLE.format("Ebb é x")).replace("é".encode(), b"\xe9\xff")), "", 1),
    Case("two-encodings", answer(feed(TITLE.format("Ebb é")) .replace(b"Tides", b"T\xefdes")), "", 1),
    Case("nul-characters", answer(feed().replace(b"Ebb", b"E\x00bb"))),
    Case("control-characters", answer(feed().replace(b"Ebb", b"E\x01\x02\x1b[31mbb")), "", 2, _none_says("\x1b", "\x01")),
    Case("html-entities", served(TITLE.format("Ebb &eacute;&nbsp;&mdash;&hellip; x")), "", 1, _titles("Ebb é —… x")),
    Case("text-direction", served(TITLE.format("Ebb \u202egnp.exe\u202c")), "", 1, _none_says("\u202e")),
    Case("tag-characters", served(TITLE.format("Ebb " + "".join(chr(0xE0000 + ord(c)) for c in "obey"))), "", 1, _titles("Ebb")),
    Case("mark-in-the-middle", answer(b"\xef\xbb\xbf\xef\xbb\xbf" + feed())),
]  # fmt: skip

GUID = "<item><title>{}</title><guid>{}</guid><link>{}</link></item>"
A, B = "https://tides.example/a", "https://tides.example/b"
IDENTITY = [
    Case("no-guid", served()),
    Case("no-guid-no-link", served(TITLE.format("a"), TITLE.format("b"))),
    Case("nothing-at-all", served("<item/>", "<item></item>"), "", 0),
    Case("one-guid-twice", served(GUID.format("a", "1", A), GUID.format("a", "1", A)), "", 1),
    Case("one-guid-for-all", served(*(GUID.format(n, "1", f"https://tides.example/{n}") for n in range(5))), "", 5),
    Case("empty-guids", served(GUID.format("a", "", A), GUID.format("b", "", B))),
    Case("guids-of-spaces", served(GUID.format("a", " \n ", A), GUID.format("b", " ", B))),
    Case("guids-with-line-feeds", served(GUID.format("a", "\n1\n2\n", A)), "", 1, _none_says("\\n1")),
    Case("one-link-two-guids", served(GUID.format("a", "1", A), GUID.format("a", "2", A)), "", 1),
    Case("one-link-two-titles", served(GUID.format("a", "", A), GUID.format("b", "", A))),
    Case("tracking-in-links", served(GUID.format("a", "1", A + "?utm_source=x"), GUID.format("a", "2", A + "?utm_source=y")), "", 1),
    Case("link-of-script", served(GUID.format("a", "1", "javascript:alert(1)")), "", 1, lambda es: not es[0].url),
    Case("link-of-data", served(GUID.format("a", "1", "data:text/html,x")), "", 1, lambda es: not es[0].url),
    Case("link-of-nonsense", served(GUID.format("a", "1", "http://[::1")), "", 1),
    Case("guid-like-sql", served(GUID.format("a", "1'); DROP TABLE entries;--", A)), "", 1),
    Case("guid-like-a-path", served(GUID.format("../../etc", "../../../etc/passwd", A)), "", 1),
]  # fmt: skip


def _dated(text: str) -> bytes:
    return served(item(1, f"<pubDate>{text}</pubDate>"), item(2))


def _is_sane(entries: Sequence[Entry]) -> bool:
    return all(e.published is None or 1990 <= e.published.year <= 2026 for e in entries)


DATES = [
    Case(f"date-{number}", _dated(text), "", 2, _is_sane)
    for number, text in enumerate([
        "", "yesterday", "0", "-1", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z",
        "-0001-11-30T00:00:00Z", "9999-12-31T23:59:59Z", "99999-01-01", "1969-12-31T23:59:59Z",
        "2026-13-45T99:99:99Z", "Fri, 32 Foo 2026 25:61:61 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
        "2026-04-24", "2026-04-24T06:00:00", "2026-04-24 06:00", "24.04.2026", "24/04/26",
        "2026-04-24T06:00:00+99:99", "2026-04-24T06:00:00.123456789123Z", "1777000000",
        "99999999999999999999", "Freitag, 24. April 2026", "2026年4月24日", "2026-W17-5",
        "Fri, 24 Apr 2026 06:00:00 +2600", "Fri, 24 Apr 2026 24:00:00 GMT", "9" * 100_000,
        "<b>2026</b>", "NaN", "2026-04-24T06:00:00Z[Europe/Vienna]", "2026-02-30T00:00:00Z",
    ])
]  # fmt: skip

MARKUP = [
    Case(f"markup-{number}", served(f"<item><title>a</title><link>{A}</link><description><![CDATA[<p>Words here.</p>{html}]]></description></item>"), "", 1,
         _none_says("<script", "onerror", "javascript:", "<iframe", "<img", "<form", "<svg", "<style", "data:text"))
    for number, html in enumerate([
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1) <p>",
        "<svg onload=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<a href='java\nscript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>", "<iframe src=//x.example></iframe>", "<form action=//x><input></form>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<style>@import url(//x)</style>",
        "<base href='//x.example/'>", "<meta http-equiv=refresh content='0;url=//x'>", "<object data=x></object>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>", "<a href='data:text/html,x'>x</a>",
        "<p style='position:fixed'>x</p>", "]]]]><![CDATA[><script>x</script>", "<a href='vbscript:x'>x</a>",
    ])
]  # fmt: skip


def _json(value: object) -> bytes:
    return answer(json.dumps(value).encode(), kind="application/feed+json")


def _items(*items: object) -> bytes:
    return _json({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})


JSON = [
    Case("json", _items({"id": 1, "content_text": "a"}, {"id": "2", "title": "b"})),
    Case("json-broken", answer(b'{"items": [{"id": 1}', kind="application/json"), "broken JSON"),
    Case("json-deep", answer(b'{"items":' + b"[" * 200_000, kind="application/json"), "JSON"),
    Case("json-list", answer(b"[1, 2]", kind="application/json"), "without a list"),
    Case("json-no-items", _json({"title": "x"}), "without a list"),
    Case("json-items-of-all-kinds", _items(None, 1, "x", [], {"id": "1", "title": "a"}), "", 1),
    Case("json-fields-of-all-kinds", _items({"id": {}, "url": [], "title": {"a": 1}, "content_html": 5, "tags": "x", "authors": {}, "date_published": 7}), "", 1),
    Case("json-surrogates", answer(b'{"items": [{"id": "\\ud800", "title": "\\udfff a", "content_text": "\\ud83d", "url": "https://x.example/\\ud800"}]}', kind="application/json"), "", 1),
    Case("json-number-of-ages", answer(b'{"items": [{"id": ' + b"9" * 5_000 + b', "title": "a"}]}', kind="application/json"), "", -1),
    Case("json-nan", answer(b'{"items": [{"id": NaN, "title": "a"}]}', kind="application/json"), "", 1),
    Case("json-twice-a-key", answer(b'{"items": [], "items": [{"id": "1", "title": "a"}]}', kind="application/json"), "", 1),
    Case("json-mark", answer(b"\xef\xbb\xbf" + b'{"items": [{"id": "1", "title": "a"}]}', kind="application/json"), "", 1),
]  # fmt: skip

HTML = b"<!doctype html><html><head><title>Tides</title>%b</head><body>No feed.</body></html>"
LINK = b'<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
OTHER = [
    Case("empty", answer(b""), "empty document"),
    Case("line-feeds", answer(b"\n\n\n"), "empty document"),
    Case("page", answer(HTML % b"", kind="text/html"), "an HTML page that names none"),
    Case("page-with-feed", answer(HTML % LINK, kind="text/html"), "names the feed http://page-with-feed.example/feed.xml"),
    Case("page-called-feed", answer(HTML % LINK), "names the feed"),
    Case("page-with-script-link", answer(HTML % LINK.replace(b"/feed.xml", b"javascript:x"), kind="text/html"), "HTML page"),
    Case("image", answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, kind="image/png"), "expected a feed"),
    Case("pdf", answer(b"%PDF-1.7\n" + bytes(range(256)) * 40), "expected a feed"),
    Case("gzip-file", answer(b"\x1f\x8b\x08\x00" + bytes(200)), "expected a feed"),
    Case("opml", answer(b"<opml version='2.0'><body><outline text='a'/></body></opml>"), "expected a feed"),
    Case("sitemap", answer(b"<urlset><url><loc>https://x.example/</loc></url></urlset>"), "expected a feed"),
    Case("plain-words", answer(b"Ebb and flow.", kind="text/plain"), "expected a feed"),
    Case("traceback", answer(b"Traceback (most recent call last):\n  File x", kind="text/plain"), "expected a feed"),
    Case("php-warning-before", answer(b"<br />\n<b>Warning</b>: x in <b>y</b><br />\n" + feed())),
    Case("comment-before", answer(b"<!-- made by hand -->\n" + feed())),
    Case("junk-after", answer(feed() + b"<script>x</script></body>")),
    Case("two-feeds", answer(feed() + feed()), "", -1),
    Case("cut-in-a-tag", answer(feed(item(1), item(2), item(3))[:-60]), "", -1, lambda es: len(es) >= 2),
    Case("cut-in-an-entry", answer(feed(item(1), item(2), item(3))[:330]), "", -1, lambda es: len(es) >= 1),
    Case("bad-tag-within", served(item(1), "<item><title>a</titel></item>", item(3)), "", 3),
    Case("stray-ampersand", served(item(1), TITLE.format("Salt & pepper & more"), item(3)), "", 3),
    Case("unknown-namespace", served(item(1, "<foo:bar>x</foo:bar>"), item(2))),
    Case("no-channel", answer(f"<rss version='2.0'>{item(1)}{item(2)}</rss>".encode())),
    Case("capitals", answer(feed().replace(b"rss", b"RSS")), "", -1),
    Case("rdf", answer(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b'<channel rdf:about="https://x.example/"><title>T</title></channel>'
        b'<item rdf:about="https://x.example/1"><title>a</title><link>https://x.example/1</link></item></rdf:RDF>'), "", 1),
    Case("atom-0.3", answer(b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><title>a</title><id>1</id></entry></feed>'), "", 1),
    Case("atom-without-namespace", answer(b"<feed><title>T</title><entry><title>a</title><id>1</id></entry></feed>"), "", 1),
]  # fmt: skip

CASES = [*ATTACKS, *HUGE, *CHARSETS, *IDENTITY, *DATES, *MARKUP, *JSON, *OTHER]
