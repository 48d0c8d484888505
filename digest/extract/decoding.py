"""
Bytes -> text, in spite of what servers and documents say about their encoding.

Pure. Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever a header claims: no other
encoding yields such bytes by chance, and old servers label everything ISO-8859-1.

Source: WHATWG Encoding, section 4.2 (labels: Latin-1 means Windows-1252)
"""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_LABELS = (
    re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE),
    re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
)

_REFUSED = {"utf-7", "utf7", "idna", "punycode", "unicode-escape", "raw-unicode-escape"}
"""Python knows these as encodings; in a document they hide markup or are a mistake."""


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a document as received; see `decoded`."""
    return decoded(body, content_type)[0]


def decoded(body: bytes, content_type: str = "") -> tuple[str, bool]:
    """
    The text of a document as received.

    Args:
        body: As received, its transfer encoding undone.
        content_type: The header, for its charset; may be wrong.

    Returns:
        The text without byte order mark, and whether `body` is just its UTF-8. Bytes that fit
        no encoding become U+FFFD.
    """
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").lstrip("\ufeff"), False
    labels = [match[1].decode("ascii") for label in _LABELS if (match := label.search(body[:4096]))]
    if header := re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE):
        labels.append(header[1])
    # Seven-bit encodings such as ISO-2022-JP are valid UTF-8, so ASCII waits for its label.
    tries = [*labels, "utf-8"] if body.isascii() else ["utf-8", *labels]
    for label in tries:
        text = _try(body, label)
        if text is not None:
            return text, label.lower() == "utf-8"
    is_mostly_utf8 = body.decode("utf-8", "replace").count("\ufffd") * 50 < sum(
        b > 127 for b in body
    )
    return body.decode("utf-8" if is_mostly_utf8 else "cp1252", "replace"), False


def _try(body: bytes, label: str) -> str | None:
    label = label.lower()
    if label.replace("_", "-") in _REFUSED:
        return None
    if label in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        label = "cp1252"
    try:
        return body.decode(label) if codecs.lookup(label)._is_text_encoding else None
    except (LookupError, UnicodeError):
        return None
