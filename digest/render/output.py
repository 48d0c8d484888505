"""
How values get from a template into a page: escaped, and rid of what no page may carry.

Pure. Jinja does it with `escape(finalize(value))`, four calls of Python for each of the thousand
values of an issue; here it is one, which looks at most values once and passes them on. Calls of
the site's words and of macros, the only ones that are many, skip the questions that Jinja
asks of any callable. What a template says and what it gives stay Jinja's.
"""

from __future__ import annotations

import re
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from .words import Words

_NOT_XML = (
    *range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF
)  # fmt: skip
"""Characters that XML 1.0 forbids; DEL, which it only advises against, too."""
_TURNING = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of the text around them."""
_CONTROLS = dict.fromkeys((*_NOT_XML, *_TURNING))
_CONTROL = re.compile(f"[{re.escape(''.join(map(chr, _CONTROLS)))}]")

VERSION = 1
"""Of the programs that templates are compiled to."""


def finalize(value: Any) -> Any:
    """Take out what no page, feed or message may carry, whatever field it came in."""
    # Nearly all texts are without: none of these characters is printable, and the two looks
    # cost a fifth of a translation.
    if not isinstance(value, str) or value.isprintable() or not _CONTROL.search(value):
        return value
    if isinstance(value, Markup):
        return Markup(str(value).translate(_CONTROLS))  # noqa: S704 - was markup before
    return value.translate(_CONTROLS)


def shown(value: Any) -> str:
    """`escape(finalize(value))`."""
    kind = type(value)
    if kind is str and value.isprintable():
        # Five looks for a sign cost less than to make an escaped copy of the text.
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            return escape(value)
        return value  # type: ignore[no-any-return]
    if kind is Markup and (value.isprintable() or not _CONTROL.search(value)):
        return value  # type: ignore[no-any-return]
    return escape(finalize(value))


class _Generator(CodeGenerator):
    """Writes `environment.shown(…)` where Jinja's own writes `escape(environment.finalize(…))`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")")


class _Context(Context):
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(__obj)
        if kind is Words or kind is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            if kind is Words:
                return __obj(*args, **kwargs)
            return __obj(__self.eval_ctx, *args, **kwargs)
        return super().call(__obj, *args, **kwargs)


class Environment(jinja2.Environment):
    """Jinja's, with the output of this module; made by `environment`."""

    code_generator_class = _Generator
    context_class = _Context
    shown = staticmethod(shown)
