"""
What a model is asked, as text files that a site may replace one by one.

Touches disk: reads templates. `templates/prompts/feature.md` of a site stands before the
package's `feature.md`. They are Jinja templates of plain text: nothing is escaped, since
what stands in a document is data for a model and is fenced, not markup.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import jinja2

from ...errors import ConfigError

FOLDER = Path(__file__).parent


class Prompts:
    """
    Args:
        folders: Where a site's own files may lie, the strongest first; those that do not
            exist are passed over.
    """

    def __init__(self, *folders: Path) -> None:
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader([*folders, FOLDER]),
            autoescape=False,  # noqa: S701 - plain text for a model
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, **values: Any) -> str:
        """
        Args:
            name: Of the file, without its ending: "feature".
            values: What the file may name.

        Raises:
            ConfigError: A site's own file is broken, or names what is not there. No drafter
                steps in then: what a person wrote wrong, a person mends.
        """
        template = self._template(name)
        try:
            return template.render(**values).strip()
        except Exception as exc:  # an expression of a template may raise what it likes
            path = template.filename or f"{name}.md"
            where = f"{path}:{_line(exc, path)}"
            raise ConfigError(where, f"{exc}; expected one of {_names(values)}") from exc

    def check(self) -> None:
        """
        Read all the files, before anything is paid for.

        Raises:
            ConfigError: A site's own file is no template.
        """
        for path in sorted(FOLDER.glob("*.md")):
            self._template(path.stem)

    def _template(self, name: str) -> jinja2.Template:
        try:
            return self._env.get_template(f"{name}.md")
        except jinja2.TemplateSyntaxError as exc:
            where = f"{exc.filename or name}:{exc.lineno}"
            raise ConfigError(where, f"{exc.message}; expected a Jinja template") from exc
        except (OSError, UnicodeDecodeError) as exc:
            raise ConfigError(f"prompts/{name}.md", f"{exc}; expected text in UTF-8") from exc


def _line(exc: Exception, path: str) -> int:
    """The last line of a template that an error came through."""
    frames = traceback.extract_tb(exc.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == path), 1)


def _names(values: dict[str, Any]) -> str:
    return ", ".join(sorted(values))
