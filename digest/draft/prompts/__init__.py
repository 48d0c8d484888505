"""
What a model is asked, as text files that a site may replace one by one.

Touches disk: reads templates. `templates/prompts/feature.md` of a site stands before the
package's `feature.md`. They are Jinja templates of plain text: nothing is escaped, since
what stands in a document is data for a model and is fenced, not markup.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2

from ...errors import DraftError

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
            DraftError: A site's own file is broken, or names what is not there.
        """
        try:
            return self._env.get_template(f"{name}.md").render(**values).strip()
        except jinja2.TemplateSyntaxError as exc:
            where = f"{exc.filename or name}:{exc.lineno}"
            raise DraftError(where, f"{exc.message}; expected a Jinja template") from exc
        except jinja2.TemplateError as exc:
            raise DraftError(
                f"prompts/{name}.md", f"{exc}; expected one of {_names(values)}"
            ) from exc


def _names(values: dict[str, Any]) -> str:
    return ", ".join(sorted(values))
