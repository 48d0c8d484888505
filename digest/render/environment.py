"""
The Jinja environment that renders a site.

Touches the disk: reads templates. A site's own folder comes first, file by file, then the
package's: `digest/templates` where it was installed from a wheel, `templates/` beside the
package in a checkout. Everything is escaped, and a name that does not exist is an error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import jinja2

from ..packaged import templates_folder
from . import words
from .addresses import host
from .excerpts import spoken
from .markdown import line_to_html
from .output import finalize
from .programs import VERSION, Environment


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
    own = words.read(_word_files([*folders, templates_folder()], language))
    env = Environment(
        loader=jinja2.FileSystemLoader([*folders, templates_folder()]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # it lives for one run
        finalize=finalize,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(programs), f"{VERSION}-%s")
        if programs
        else None,
    )
    env.globals["words"] = own
    env.filters.update(day=own.day, number=own.number, host=host, line=line_to_html)
    env.filters |= {"mail_date": _mail_date, "spoken": spoken}
    return env


def _mail_date(value: dt.datetime) -> str:
    """As RFC 5322 has it, for RSS."""
    from email.utils import format_datetime

    return format_datetime(value)


def _word_files(folders: Sequence[Path], language: str) -> Iterator[tuple[str, str]]:
    """The package's English, then what is nearer to the language and to the site."""
    tag = language.lower()
    for name in dict.fromkeys((words.FALLBACK, tag.partition("-")[0], tag)):
        for folder in reversed(folders):
            path = folder / "words" / f"{name}.yaml"
            if path.is_file():
                yield str(path), path.read_text("utf-8")
