"""
How values get from a template into a page: escaped, and rid of what no page may carry.

Pure. Jinja does it with `escape(finalize(value))`, four calls of Python for each of the thousand
values of an issue; here it is one, which looks at most values once and passes them on. What a
template says and what it gives stay Jinja's; `programs.py` writes it shorter still.
"""

from __future__ import annotations

from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_NOT_XML = (
    *range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF
)  # fmt: skip
"""Characters that XML 1.0 forbids; DEL, which it only advises against, too."""
_TURNING = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of the text around them."""
_CONTROLS = dict.fromkeys((*_NOT_XML, *_TURNING))
_ASCII_CONTROLS = bytes(sign for sign in _CONTROLS if sign < 0x80)
_OTHERS = [chr(sign) for sign in _CONTROLS if sign >= 0x80 and not 0xD800 <= sign < 0xE000]


def finalize(value: Any) -> Any:
    """Take out what no page, feed or message may carry, whatever field it came in."""
    # Nearly all texts are without, and none of these characters is printable.
    if not isinstance(value, str) or value.isprintable() or not _has_controls(value):
        return value
    if isinstance(value, Markup):
        return Markup(str(value).translate(_CONTROLS))  # noqa: S704 - was markup before
    return value.translate(_CONTROLS)


def _has_controls(text: str) -> bool:
    """Looked for byte by byte: an expression, or a translation, takes ten times as long."""
    try:
        body = text.encode()
    except UnicodeEncodeError:  # half a character
        return True
    if len(body.translate(None, _ASCII_CONTROLS)) != len(body):
        return True
    return not text.isascii() and any(sign in text for sign in _OTHERS)


def shown(value: Any) -> str:
    """The text of `escape(finalize(value))`."""
    kind = type(value)
    if kind is str and value.isprintable():
        # Five looks for a sign cost less than to make an escaped copy of the text.
        if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
            for sign, entity in _ENTITIES:
                value = value.replace(sign, entity)
        return value  # type: ignore[no-any-return]
    if kind is Markup and (value.isprintable() or not _has_controls(value)):
        return value  # type: ignore[no-any-return]
    if kind is int:
        return str(value)
    return escape(finalize(value))


_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))
"""As MarkupSafe writes them."""


class Generator(CodeGenerator):
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


class Exact(jinja2.Environment):
    """Jinja's, with the output of this module."""

    code_generator_class = Generator
    shown = staticmethod(shown)
