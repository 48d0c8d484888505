"""
Bytes of a PDF -> its lines, page by page, and what it says about itself.

Pure. `pypdf` is an extra and is imported here alone. A page that cannot be read costs itself.
What a reader does not see is left out: text that is drawn invisibly, in white, too small to
read, outside of the page, or turned (the stamp at the margin of a preprint is read for its date).
A scan with invisible words behind it therefore has no text: machines misread figures.

Source: ISO 32000-1, sections 8.6 (colour), 9.3.6 (rendering modes), 9.4 (text), 14.3 (metadata)
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import ParseError
from ..text import one_line
from .dates import moment
from .invisible import visible_text
from .page import Facts

MISSING = "a PDF, which needs the extra `pdf`: pip install 'digestpress[pdf]'"
MOST_PAGES = 60
"""Pages that are read at most, about 50 ms each."""
MOST_CHARACTERS = 1_000_000
SMALLEST = 3.0
"""Points; smaller type is not meant to be read."""
TURNED = 0.1
"""Share of the slope from which a line is not level."""
_STAMP = re.compile(r"arXiv:\S+\s+\[[\w.-]+\]\s+(\d{1,2} [A-Z][a-z]{2} \d{4})")
_LICENSE = re.compile(rb"https?://creativecommons\.org/(?:licenses|publicdomain)/[\w./-]+")
_RESERVED = re.compile(rb"tdm:reservation(?:>|=\")\s*1")
_BOLD = re.compile(r"bold|black|heavy|demi|cmb|-b$|medi(?!um)", re.IGNORECASE)
_MONO = re.compile(r"mono|courier|cmtt|typewriter|consol|code", re.IGNORECASE)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SHOWS = (b"Tj", b"TJ", b"'", b'"')


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline. Lengths are in points, from the lower left corner."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool
    is_mono: bool
    page: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class Read:
    """A PDF's lines in its own order, and what stands beside them."""

    lines: tuple[Line, ...]
    facts: Facts
    pages: int
    """In all, those that were not read too."""


def is_pdf(body: bytes) -> bool:
    return b"%PDF-" in body[:1024]


def read_pdf(body: bytes, url: str) -> Read:
    """
    The lines of a PDF.

    Raises:
        ParseError: The extra is not installed; or it is encrypted, broken, or has no text.
    """
    try:
        from pypdf import PdfReader
    except ImportError as exc:
        raise ParseError(url, f"expected an HTML page, found {MISSING}") from exc
    try:
        reader = PdfReader(io.BytesIO(body))
        is_open = not reader.is_encrypted or bool(reader.decrypt(""))
        number = len(reader.pages) if is_open else 0
    except MemoryError:
        raise
    except Exception as exc:  # hostile bytes break it in ways that its authors do not list
        raise ParseError(url, f"the PDF cannot be read ({type(exc).__name__}: {exc})") from exc
    if not is_open:
        raise ParseError(url, "the PDF is encrypted")
    lines, turned, length = list[Line](), "", 0
    for at in range(min(number, MOST_PAGES)):
        page = _page(reader, at)
        lines += page.lines
        turned += page.turned if at == 0 else ""
        length += sum(len(line.text) for line in page.lines)
        if length > MOST_CHARACTERS:
            break
    if not lines:
        raise ParseError(url, "the PDF has no text that a reader sees (a scan?)")
    return Read(tuple(lines), _facts(reader, turned), number)


def _page(reader: Any, at: int) -> _Page:
    try:
        sheet = reader.pages[at]
        box = [float(side) for side in sheet.mediabox]
        page = _Page(at, box)
        sheet.extract_text(visitor_operand_before=page.before, visitor_text=page.show)
    except MemoryError:
        raise
    except Exception:  # as above: what was read of the page before stays
        return page if "page" in locals() else _Page(at, [])
    page.close()
    return page


@dataclass
class _Page:
    """Collects the lines of a page while pypdf walks through its operations."""

    number: int
    box: Sequence[float]
    lines: list[Line] = field(default_factory=list)
    turned: str = ""
    _spans: list[tuple[str, float, float, float, str]] = field(default_factory=list)
    """Text, x, y, size and name of the font, on one baseline."""
    _is_hidden: bool = False
    _is_white: bool = False
    _outer: list[tuple[bool, bool]] = field(default_factory=list)

    def before(self, operator: bytes, operands: Any, _cm: Any, _tm: Any) -> None:
        """Follow the state of drawing; empty what would be shown where nobody sees it."""
        if operator == b"q":
            self._outer.append((self._is_hidden, self._is_white))
        elif operator == b"Q":
            self._is_hidden, self._is_white = self._outer.pop() if self._outer else (False, False)
        elif operator == b"Tr":
            self._is_hidden = _numbers(operands) in ([3.0], [7.0])
        elif operator in (b"g", b"rg", b"k", b"sc", b"scn"):
            self._is_white = _is_white(operator, _numbers(operands))
        elif operator in _SHOWS and (self._is_hidden or self._is_white):
            operands.clear()

    def show(self, text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        """Take a piece of text from where it stands."""
        text = visible_text(text.translate(_LIGATURES)).replace("\n", " ")
        if not text.strip():
            if text and self._spans:
                self._spans.append((" ", *self._spans[-1][1:]))
            return
        a, b = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(tm[2] * cm[1] + tm[3] * cm[3]) * abs(float(size or 0)) or 1.0
        if abs(b) > TURNED * abs(a):
            self.turned += text
            return
        left, low, right, top = self.box
        if height < SMALLEST or not (left <= x <= right and low <= y <= top):
            return
        name = str(font.get("/BaseFont", "")) if font else ""
        if self._spans and not self._goes_on(x, y, height):
            self.close()
        self._spans.append((text, x, y, height, name))

    def _goes_on(self, x: float, y: float, size: float) -> bool:
        """Whether text stands on the line before it, raised or lowered signs too."""
        tallest = max(self._spans, key=lambda span: span[3])
        return abs(y - tallest[2]) < 0.5 * max(size, tallest[3]) and x >= self._spans[-1][1] - 1

    def close(self) -> None:
        """Make a line of the pieces so far."""
        spans, self._spans = self._spans, []
        if not spans:
            return
        _, x, _, _, _ = spans[0]
        _, _, y, size, _ = max(spans, key=lambda span: (len(span[0].strip()) > 0, span[3]))
        text = ""
        for piece, _, at, height, _ in spans:
            is_raised = height < 0.85 * size and at > y + 0.15 * size
            text += _raised(piece, text) if is_raised else piece
        text = _spaced(text)
        if not text:
            return
        letters = sum(len(span[0].strip()) for span in spans)
        bold, mono = (
            sum(len(span[0].strip()) for span in spans if kind.search(span[4])) > 0.8 * letters
            for kind in (_BOLD, _MONO)
        )
        # Left margins of code say something; pypdf gives the blanks within lines alone.
        self.lines.append(Line(text, x, y, size, bold, mono, self.number))


def _raised(piece: str, before: str) -> str:
    """A power keeps its sign (10^6 is no 106); the mark of a note goes, as from pages."""
    if not re.fullmatch(r"[\s\d,∗*†‡§¶]+", piece):
        return piece
    if re.search(r"[^\W\d_]{2}\s*$|[.,;:!?”\"’']\s*$|^$", before):
        return " " * (" " in piece)
    return f"^{piece.strip()}" if re.search(r"[\w)\]]$", before) else piece


def _spaced(text: str) -> str:
    """On one line, without the blanks that kerning and colours leave before closing signs."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"(?<=[\w)\]”’\"]) (?=[),;:.?!\]](?:[\s),;:.\]]|$))", "", text)
    return re.sub(r"([(\[]) (?=\S)", r"\1", text)


def _numbers(operands: Any) -> list[float]:
    try:
        return [float(one) for one in operands]
    except (TypeError, ValueError):
        return []


def _is_white(operator: bytes, values: list[float]) -> bool:
    if not values:
        return False
    if operator == b"k" or len(values) == 4:
        return max(values) <= 0.02
    return min(values) >= 0.98


def _facts(reader: Any, turned: str) -> Facts:
    """Title and author as its metadata have them; the date of a preprint's stamp, no other."""
    try:
        known = reader.metadata or {}
        title, author = (one_line(str(known.get(key) or "")) for key in ("/Title", "/Author"))
        language = one_line(str(reader.root_object.get("/Lang") or ""))
        xmp = reader.root_object.get("/Metadata")
        said = xmp.get_object().get_data()[:200_000] if xmp is not None else b""
    except MemoryError:
        raise
    except Exception:
        title = author = language = ""
        said = b""
    stamp, license = _STAMP.search(" ".join(turned.split())), _LICENSE.search(said)
    published = moment(f"{stamp[1]} 00:00:00 GMT") if stamp else None
    return Facts(
        title=title[:300],
        site="",
        author=author if len(author) <= 300 else "",
        published=published,
        language=language if re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*", language) else "",
        address="",
        body="",
        is_free=True,
        license=license[0].decode("ascii") if license else "",
        reserved="tdm" if _RESERVED.search(said) else "",
    )
