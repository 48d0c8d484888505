"""PDFs made in memory, operation by operation, so that tests can draw what no program writes."""

from __future__ import annotations

from collections.abc import Sequence

FONTS = {"R": "Times-Roman", "B": "Times-Bold", "M": "Courier"}


def words(text: str, x: float, y: float, *, font: str = "R", size: float = 10) -> str:
    """The operations that write a line of text."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def column(lines: Sequence[str], x: float = 72, y: float = 700, *, size: float = 10) -> str:
    """Lines of a paragraph, the usual distance apart."""
    return "".join(words(line, x, y - 1.2 * size * at, size=size) for at, line in enumerate(lines))


def pdf(*pages: str, info: str = "", more: str = "") -> bytes:
    """
    A PDF document.

    Args:
        pages: The operations of each.
        info: Entries of its information dictionary.
        more: Further entries of its catalogue.
    """
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for name, font in FONTS.items()
    )
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {more} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< {info} >>",
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>"
        )
        objects.append(f"<< /Length {len(page.encode('cp1252'))} >>\nstream\n{page}\nendstream")
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(body)
    return (
        body
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n%%EOF\n"
        ).encode()
    )
