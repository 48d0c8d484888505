"""
The Jinja environment that renders a site.

Touches the disk: reads templates. A site's own folder comes first, file by file, then the
package's: `digest/templates` where it was installed from a wheel, `templates/` beside the
package in a checkout. Everything is escaped, and a name that does not exist is an error.
"""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from . import words
from .addresses import host
from .excerpts import spoken
from .markdown import line_to_html

_NOT_XML = (
    *range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF
)  # fmt: skip
"""Characters that XML 1.0 forbids; DEL, which it only advises against, too."""
_TURNING = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of the text around them."""
_CONTROLS = dict.fromkeys((*_NOT_XML, *_TURNING))
_CONTROL = re.compile(f"[{re.escape(''.join(map(chr, _CONTROLS)))}]")


def environment(
    *folders: Path, language: str = words.FALLBACK, programs: Path | None = None
) -> jinja2.Environment:
    """
    Args:
        folders: Folders whose files stand before the package's own, the strongest first.
            Those that do not exist are passed over.
        language: Tag of the language of the site's own words.
        programs: A folder that keeps what templates were compiled to, so that the next
            process need not do it again; only templates that say the same use it.

    Raises:
        PublishError: A file of words is not as it should be.
    """
    own = words.read(_word_files([*folders, package_folder()], language))
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, package_folder()]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(programs)) if programs else None,
    )
    env.globals["words"] = own
    env.filters.update(day=own.day, number=own.number, host=host, line=line_to_html)
    env.filters |= {"mail_date": format_datetime, "spoken": spoken}
    return env


def _word_files(folders: Sequence[Path], language: str) -> Iterator[tuple[str, str]]:
    """The package's English, then what is nearer to the language and to the site."""
    tag = language.lower()
    for name in dict.fromkeys((words.FALLBACK, tag.partition("-")[0], tag)):
        for folder in reversed(folders):
            path = folder / "words" / f"{name}.yaml"
            if path.is_file():
                yield str(path), path.read_text("utf-8")


def package_folder() -> Path:
    """The templates that come with the package."""
    package = Path(str(importlib.resources.files("digest")))
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def _finalize(value: Any) -> Any:
    """Take out what no page, feed or message may carry, whatever field it came in."""
    # Nearly all texts are without: none of these characters is printable, and the two looks
    # cost a fifth of a translation.
    if not isinstance(value, str) or value.isprintable() or not _CONTROL.search(value):
        return value
    if isinstance(value, Markup):
        return Markup(str(value).translate(_CONTROLS))  # noqa: S704 - was markup before
    return value.translate(_CONTROLS)
