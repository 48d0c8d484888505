"""
HTML that is in order as it stands -> the part of it that may be shown, without a parser.

Pure. Most bodies of feeds are written by programs: each tag is closed where it should be, in
lower case, its attributes quoted. A parser of HTML5 would build the tree that such tags spell,
so that cleaning them is a matter of dropping attributes and rewriting addresses, which is done
here in a quarter of the time. What may stand in what is narrower than HTML: no block in a
paragraph, heading or `<pre>`, items in lists alone, no link in a link, no table. At anything
else the answer is None, and `clean.py` takes the long way; a test holds both to one result.

Source: WHATWG HTML, sections 13.2.5 (tokens) and 13.2.6.4.7 (which tags close which)
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.entities import html5

from .hiding import is_hidden
from .invisible import INVISIBLE, has_invisible
from .markup import REL, quoted
from .written import HOST, Odd, href, href_of, image, is_surely_read, plain_href

DEEPEST = 50
"""Open elements at most."""
CLOSE, INLINE, LEAF, HOLDER, ITEM, RULE, BREAK, DROPPED = range(8)
"""What a tag does. A leaf holds no block, an item stands in its list alone; what is dropped
leaves what is in it."""
_INLINE = (
    "a abbr b cite code del em i ins kbd mark q s samp small span strong sub sup time tt u var"
).split()
_LEAVES = "p pre h1 h2 h3 h4 h5 h6".split()
_HOLDERS = "blockquote details div dl figcaption figure ol summary ul".split()
_LISTS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",)}
_UNKEPT = "article aside center footer header main section".split()
_KINDS = {
    **dict.fromkeys(_INLINE, INLINE),
    **dict.fromkeys(_LEAVES, LEAF),
    **dict.fromkeys(_HOLDERS, HOLDER),
    **dict.fromkeys(_LISTS, ITEM),
    **dict.fromkeys(_UNKEPT, DROPPED),
    "hr": RULE,
    "br": BREAK,
    "img": BREAK,
}
_ENDS = tuple(f"{name}{end}>" for name in ("br", "hr") for end in ("", "/", " /"))
_STEPS = {
    **{f"<{name}>": (kind, name) for name, kind in _KINDS.items() if kind < RULE},
    **{f"</{name}>": (CLOSE, name) for name, kind in _KINDS.items() if kind < RULE},
    **{f"<{name}>": (DROPPED, name) for name in _UNKEPT},
    **{f"</{name}>": (CLOSE, name) for name in _UNKEPT},
    **{f"<{end}": (_KINDS[end[:2]], end[:2]) for end in _ENDS},
}
"""Tags without attributes, spelled as usual."""
_TAG = re.compile("(<[^<>]*>)")
_COMMENT = re.compile("<!--[^<>-]*-->")
_OPEN = re.compile(
    r"<([a-z][a-z0-9]*+)"
    r"((?:[ \n\t]++[a-zA-Z_:@][\w:.@-]*+(?:=(?:\"[^\"]*+\"|'[^']*+'))?+)*+)[ \n\t]*+(/?)>",
    re.ASCII,
)
_ATTRIBUTE = re.compile(r"""([\w:.@-]+)(?:=("[^"]*"|'[^']*'))?""", re.ASCII)
_IDLE = r'(?:class|rel|target|title)="[^"]*"'
_LINK = re.compile(
    rf'<a (?:{_IDLE} )*href="(https?://([a-z0-9.-]+)/[\w.~:@!$()*+,=/-]*)'
    rf'(?:\?([\w.~/:@!$()*+,;=?&-]*))?"(?: {_IDLE})*>',
    re.ASCII,
)
"""A link to an address that `clean` would spell like that, if it has no dots for a folder, a
usual host, and its signs spelled out."""
_HOST = re.compile(HOST)


def _flat() -> str:
    """Without groups that capture: with possessive ones they break `re` before Python 3.12."""

    def around(names: str, within: str) -> str:
        return "|".join(f"<{name}>{within}</{name}>" for name in names.split())

    marks = "em strong code span b i"
    link = f"<a>(?:<img>)?+(?:{around(marks, '')})*+</a>"
    line = f"(?:<br>|<img>|{link}|{around(marks, '(?:<a></a>)?+')})*+"
    item = f"(?:<li>(?:{line}|<p>{line}</p>)</li>)*+"
    picture = f"(?:<img>|<a><img></a>)?+(?:<figcaption>{line}</figcaption>)?+"
    return (
        f"(?:<p>{line}</p>|{around('h1 h2 h3 h4', '(?:<(?:a></a|code></code|strong></strong)>)?+')}"
        f"|{around('ul ol', item)}|<blockquote>(?:<p>{line}</p>)*+</blockquote>"
        f"|<figure>{picture}</figure>|<pre>(?:<code>(?:<span></span>)*+</code>)?+</pre>|<hr>|<br>"
        f"|{link})*+"
    )


_FLAT = re.compile(_flat())
"""The tags of most bodies, without what is in them: paragraphs and headings beside each other,
lists, quotations, pictures, code."""
_SAID = re.compile(" [^>]*")
_READ = frozenset(
    "href src alt width height data-src data-lazy-src data-original lang dir style hidden "
    "aria-hidden start".split()
)
"""Attributes that decide anything."""
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*)(;?))?")
_NO_REFERENCE = re.compile(r"&(?=[a-zA-Z0-9_]+=)")
_LINE_FEED = re.compile(r"<pre[^<>]*>\n")
"""A parser drops it."""
_SIGNS = {"&": "&amp;", "\xa0": "&nbsp;", "<": "&lt;", ">": "&gt;"}


def orderly(html: str, base: str) -> str | None:
    """
    Clean HTML that is in order.

    Args:
        html: Of any origin.
        base: What its addresses are relative to.

    Returns:
        What the long way makes of it, to the letter; None where it is not in order, or
        where that is not certain.
    """
    pieces = _TAG.split(html)
    number = len(pieces) // 2
    if html.count("<") != number or html.count(">") != number or "\r" in html:
        return None
    if has_invisible(html):
        return None
    has_code = "<pre" in html
    if has_code and _LINE_FEED.search(html):
        return None
    tags = pieces[1::2]
    try:
        if _FLAT.fullmatch(_SAID.sub("", "".join(tags))):
            pieces[1::2] = [
                _with_attributes(tag, base, before.startswith("<a"))[0]
                if " " in tag or tag in ("<a>", "<img>")
                else tag
                for tag, before in zip(tags, ("", *tags), strict=False)
            ]
        else:
            _write_tags(tags, base)
            pieces[1::2] = tags
        if "&" in html and html.count("&") != html.count("&amp;"):
            pieces[::2] = map(_text, pieces[::2])
    except Odd:
        return None
    written = "".join(pieces)
    if has_code and _LINE_FEED.search(written):
        return None
    return written if "\xa0" not in written else written.replace("\xa0", "&nbsp;")


def _write_tags(tags: list[str], base: str) -> None:
    """
    Rewrite tags in place, and see where each stands.

    Raises:
        Odd: A tag is not known, or not where it should be.
    """
    inside = list[str]()
    """The open elements around the place."""
    leaf = ""
    """Which of them holds no block."""
    is_in_link = False
    for at, tag in enumerate(tags):
        step = _STEPS.get(tag)
        if step is None or tag == "<a>":
            if tag[1] == "!" and _COMMENT.fullmatch(tag):
                tags[at] = ""
                continue
            tags[at], kind, name = _with_attributes(tag, base, is_in_link)
        else:
            kind, name = step
        if kind == CLOSE:
            if not inside or inside.pop() != name:
                raise Odd
            if name == "a":
                is_in_link = False
            elif name == leaf:
                leaf = ""
            elif name in _UNKEPT:
                tags[at] = ""
            continue
        if kind == INLINE:
            if name == "a":
                if is_in_link:
                    raise Odd
                is_in_link = True
        elif kind == BREAK:
            if name == "br":
                tags[at] = "<br>"
            continue
        else:
            if leaf:
                raise Odd
            if kind == LEAF:
                leaf = name
            elif kind == ITEM:
                if not inside or inside[-1] not in _LISTS[name]:
                    raise Odd
            elif kind == RULE:
                tags[at] = "<hr>"
                continue
            elif kind == DROPPED:
                tags[at] = ""
        inside.append(name)
        if len(inside) > DEEPEST:
            raise Odd
    if inside:
        raise Odd


def _with_attributes(tag: str, base: str, is_in_link: bool) -> tuple[str, int, str]:
    """
    An opening tag: as it is to be written, what it does, its name.

    Raises:
        Odd: It is no such tag, or hides what is in it.
    """
    if (match := _LINK.fullmatch(tag)) is not None:
        address, name, query = match.groups()
        if query is not None and "&" in query and query.count("&") != query.count("&amp;"):
            name = ""
        if _is_host(name) and "/." not in address:
            return f'<a{plain_href(address, name, query)} rel="{REL}">', INLINE, "a"
    elif "href" not in tag.lower() and not tag.startswith("<img"):
        return _without_address(tag)
    if "xn--" in tag:  # not every such host is one
        raise Odd
    return _written(tag, base, is_in_link)


@lru_cache(maxsize=1024)
def _is_host(name: str) -> bool:
    return _HOST.fullmatch(name) is not None and "xn--" not in name


@lru_cache(maxsize=1024)  # classes of code and of layout come again and again
def _without_address(tag: str) -> tuple[str, int, str]:
    return _written(tag, "", is_in_link=False)


def _written(tag: str, base: str, is_in_link: bool) -> tuple[str, int, str]:
    match = _OPEN.fullmatch(tag)
    if match is None or match[1] not in _KINDS:
        raise Odd
    name, kind = match[1], _KINDS[match[1]]
    if match[3] and kind not in (RULE, BREAK):
        raise Odd
    attributes = dict[str, str]()
    for spelled, value in _ATTRIBUTE.findall(match[2]):
        key = spelled.lower()
        if key in attributes:
            raise Odd
        attributes[key] = _value(value[1:-1]) if key in _READ else ""
    if kind == DROPPED:
        return "", kind, name
    if is_hidden(attributes):
        raise Odd
    for key in ("href", "src"):
        if key in attributes and not is_surely_read(attributes[key]):
            raise Odd
    if name == "img":
        return image(attributes, base, is_in_link), kind, name
    shown = "".join(
        f' {key}="{quoted(attributes[key])}"'
        for key in ("lang", "dir", "start")
        if attributes.get(key) and (key != "start" or name == "ol")
    )
    if name == "a":
        return f'<a{shown}{href(href_of(attributes, base))} rel="{REL}">', kind, name
    return f"<{name}{shown}>", kind, name


def _value(written: str) -> str:
    """
    An attribute's value.

    Raises:
        Odd: A reference in it is not spelled out.
    """
    if "&" not in written:
        return written
    return _REFERENCE.sub(_plain, _NO_REFERENCE.sub("&amp;", written))


def _text(written: str) -> str:
    """
    A text as a serialiser of HTML5 writes it.

    Raises:
        Odd: As `_value`.
    """
    return _REFERENCE.sub(_signed, written) if "&" in written else written


def _plain(match: re.Match[str]) -> str:
    return _character(match[1] or "", match[2] or "")


def _signed(match: re.Match[str]) -> str:
    character = _character(match[1] or "", match[2] or "")
    return _SIGNS.get(character, character)


@lru_cache(maxsize=512)  # a feed repeats a few
def _character(name: str, end: str) -> str:
    """What a reference stands for, visible; a sign that begins none stands for itself."""
    if not name:
        return "&"
    if not end or (name[0] != "#" and f"{name};" not in html5):
        raise Odd
    found = unescape(f"&{name};")
    if found < " " or len(found) != 1 or INVISIBLE.search(found):
        raise Odd
    return found
