"""Markup as programs write it, by chance: closed tags, quoted attributes, and some oddities."""

from __future__ import annotations

import random

INLINE = "a abbr b cite code em i q s span strong sub time u font label big".split()
BLOCKS = (
    "p p p h2 h3 pre blockquote div figure figcaption section article ul ol dl details summary "
    "center header table nav form address"
).split()
ITEMS = {"ul": "li", "ol": "li", "dl": "dd", "table": "tr"}
ATTRIBUTES = (
    ' class="x y"', " id='z'", ' lang="de"', ' dir="rtl"', ' lang=""', ' style="color:red"',
    ' style="display: none"', " hidden", ' aria-hidden="true"', ' start="3"', ' colspan="2"',
    ' data-x="&lt;b&gt;"', ' title="a &amp; b"', ' onclick="go()"', ' lang="de" lang="fr"',
    ' LANG="it"', ' lang="a&#8203;b"', ' lang="&eacute;"', " lang=en",
)  # fmt: skip
ADDRESSES = (
    "http://x.example/a?b=1&amp;c=2&amp;utm_source=rss", "https://x.example/a/b-c_d.html",
    "http://x.example/?a=1&b=2&copy=3", "http://x.example/?a&copy", "/rel", "rel/a.html", "#here",
    "//y.example/z", "mailto:a@b.example", "javascript:alert(1)", "data:image/png;base64,AAAA",
    "http://1.2.3.999/", "http://127.0.0.1:8080/x", "http://xn--a.example/", "http://é.example/",
    "https://x.example", "HTTP://X.EXAMPLE/Y", "http://ex_a.example/", "http://x.example:99999/",
    " http://x.example/s ", "http://x.example/a b", "http://x.example/é?ü=&#8217;", "?q=1", "",
    "http://x.example/%zz", "http://u:p@x.example/", "feed:http://x.example/", "http:///x", "a:b",
    "http://x.example/it's", "http://x.example/a\\b", "\\\\x.example\\a", "http://0x7f.1/",
    "http://x.example./", "https://a--b.example/", "http://x.example/#:~:text=a", "..", "./x",
    "http://x.example/..//a",
)  # fmt: skip
SOURCES = (
    ' src="/i.png" alt="of &lt;it&gt; &amp; &quot;all&quot;"', ' src="/i.png" alt=""',
    ' src="/i.png"', ' src="data:image/gif;base64,R0" data-src="/k.png"', ' width="1" src="/p.gif"',
    ' data-original="/o.png"', ' alt="x" src="http://x.example/i.png" height="20"',
    ' src="//[" alt="x"', "",
    " src='/i.png' alt='it&#39;s\u00a0so' hidden",
)  # fmt: skip
TEXTS = (
    "x", " some words ", "\n", "&amp;", "&lt;b&gt;", "&nbsp;", "\u00a0", "é", "“so” — ‘it’", '"q"',
    "it's", "&#8217;", "&rsquo;", "&hellip;", "&#x27;", "&quot;", "AT&T", "a & b", "&copy",
    "&#150;",
    "&unheard;", "&#8203;", "\u200b", "&shy;", "->", "<!-- more -->", "<!--[if IE]>x<![endif]-->",
    "\r\n", "&#10;", "&#13;", "&#0;", "🙂", "&#128512;", "&zwj;", "中文", "<br>", "<br/>", "<br />",
    "<hr>", "<wbr>", "</p>", "</br>", "<p/>", "<IMG>", "&notin;", "&not;", "&fjlig;",
)  # fmt: skip


def neat(number: int) -> str:
    """The same for the same number."""
    chance = random.Random(number)
    odd = chance.choice((0.0, 0.02, 0.2))
    plain = TEXTS[:16]

    def attributes() -> str:
        if chance.random() > 0.15 + odd:
            return ""
        choice = ATTRIBUTES if chance.random() < odd else ATTRIBUTES[:6]
        return "".join(chance.sample(choice, chance.randint(1, 2)))

    def text() -> str:
        return chance.choice(TEXTS if chance.random() < odd else plain)

    def inline(depth: int) -> str:
        kind = chance.random()
        if kind < 0.5 or depth > 4:
            return text()
        if kind < 0.6:
            return f"<img{chance.choice(SOURCES)}{attributes()}{chance.choice(('', '/', ' /'))}>"
        name = chance.choice(INLINE if chance.random() < odd else INLINE[:14])
        address = ""
        if name == "a" and chance.random() < 0.9:
            where = chance.choice(ADDRESSES if chance.random() < 0.3 + odd else ADDRESSES[:6])
            address = f'{chance.choice((" href", " href", " HREF", chr(10) + "href"))}="{where}"'
        within = "".join(inline(depth + 1) for _ in range(chance.randint(0, 3)))
        return f"<{name}{attributes()}{address}{attributes()}>{within}</{name}>"

    def block(depth: int) -> str:
        name = chance.choice(BLOCKS if chance.random() < odd else BLOCKS[:18])
        if name in ITEMS and chance.random() > odd:
            item = ITEMS[name]
            return (
                f"<{name}{attributes()}>"
                + "".join(
                    f"<{item}{attributes()}>{inside(depth + 1)}</{item}>\n"
                    for _ in range(chance.randint(0, 3))
                )
                + f"</{name}>"
            )
        is_leaf = name in ("p", "h2", "h3", "pre") and chance.random() > odd
        within = inside(9 if is_leaf else depth + 1)
        return f"<{name}{attributes()}>{within}</{name}>"

    def inside(depth: int) -> str:
        parts = (
            block(depth) if depth < 4 and chance.random() < 0.4 else inline(depth % 5)
            for _ in range(chance.randint(0, 4))
        )
        return "".join(parts)

    return "".join(block(0) for _ in range(chance.randint(1, 4)))
