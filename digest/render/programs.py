"""
What templates are compiled to: programs that ask little, and Jinja's own where that is not enough.

Pure. Jinja asks of each value whether it has an attribute or rather an item of that name, and of
each callable what it wants to be given; for the three thousand of both in an issue that is most
of the time. The programs here take attributes as Python does, call the site's words and the
macros of other templates as what they are, and write what stands side by side at once. Whatever
is not so (an item of a mapping, a name that is not there, any other failure) raises, and then the
template is rendered by Jinja's own program, whose page or mistake it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from keyword import iskeyword
from types import BuiltinMethodType
from typing import Any

import jinja2
from jinja2 import FileSystemBytecodeCache, nodes
from jinja2.compiler import Frame, optimizeconst
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro

from .output import Exact, Generator
from .slim import Incomplete
from .words import Words

VERSION = 2
"""Of the programs that templates are compiled to."""
_OF_THE_MISSING = frozenset({"defined", "undefined", "default", "d"})
"""Tests and filters whose subject may be missing: that is no failure."""
MOST_DAYS = 4096
"""So many are kept for each macro."""


class _Generator(Generator):
    _is_exact = False
    """What is written may be about something that is missing."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Yield once for what stands side by side."""
        if frame.buffer is not None or frame.require_output_check or len(node.nodes) == 1:
            super().visit_Output(node, frame)
            return
        finalize = self._make_finalize()
        self.writeline("yield concat((", node)
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                const = self._output_child_to_const(child, frame, finalize)
                self.write(f"{self._output_const_repr([const])}, ")
                continue
            self.newline(child)
            self._output_child_pre(child, frame, finalize)
            self.visit(child, frame)
            self._output_child_post(child, frame, finalize)
            self.write(", ")
        self.write("))")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        is_name = node.attr.isascii() and node.attr.isidentifier() and not iskeyword(node.attr)
        if self._is_exact or not is_name:
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        with self._exact(node):
            super().visit_Test(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        with self._exact(node):
            super().visit_Filter(node, frame)

    @contextmanager
    def _exact(self, node: nodes.Test | nodes.Filter) -> Iterator[None]:
        before, self._is_exact = self._is_exact, self._is_exact or node.name in _OF_THE_MISSING
        try:
            yield
        finally:
            self._is_exact = before

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        called = node.node
        is_plain = not (forward_caller or node.dyn_args or node.dyn_kwargs)
        if is_plain and isinstance(called, nodes.Name) and called.name == "words":
            self._words(node, frame)
        elif is_plain and isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
            self.write("context.ask(")
            self.visit(called.node, frame)
            self.write(f", {called.attr!r}")
            self.signature(node, frame)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _words(self, node: nodes.Call, frame: Frame) -> None:
        name = node.args[0] if len(node.args) == 1 and not node.kwargs else None
        if isinstance(name, nodes.Const) and isinstance(name.value, str):
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").whole[{name.value!r}]")
        else:
            self.write("environment.say(")
            self.visit(node.node, frame)
            self.signature(node, frame)
            self.write(")")


class _Context(Context):
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        if type(__obj) is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(__self.eval_ctx, *args, **kwargs)
        return super().call(__obj, *args, **kwargs)

    def ask(__self, __holder: Any, __name: str, *args: Any, **kwargs: Any) -> Any:
        """Call what a value has under a name: a macro of another template, a method."""
        called = getattr(__holder, __name)
        kind = type(called)
        if kind is BuiltinMethodType:
            return called(*args, **kwargs)
        if kind is not Macro:
            if hasattr(called, "jinja_pass_arg"):
                raise TypeError(f"{__name} is to be called by Jinja")
            return super().call(called, *args, **kwargs)
        if type(__holder) is not TemplateModule or kwargs or len(args) != 1:
            return called(__self.eval_ctx, *args, **kwargs)
        return _of_day(called, args[0], __self.eval_ctx)


def _of_day(macro: Macro, day: Any, eval_ctx: EvalContext) -> Any:
    """
    What a macro of another template makes of one value, which is kept where that is a day: such a
    macro sees nothing but its arguments and the site's words, and a page has fifty of a few days.
    """
    if type(day) is not dt.date:
        return macro(eval_ctx, day)
    made = macro.__dict__.setdefault("made", {})
    key = day, eval_ctx.autoescape
    if key not in made:
        if len(made) >= MOST_DAYS:
            made.clear()
        made[key] = macro(eval_ctx, day)
    return made[key]


class _Template(jinja2.Template):
    environment: Environment

    def render(self, *args: Any, **kwargs: Any) -> str:
        """By the quick program, or by Jinja's own where that fails."""
        name, environment = self.name, self.environment
        if name is not None and name not in environment.failed:
            try:
                context = self.new_context(dict(*args, **kwargs))
                return environment.concat(self.root_render_func(context))
            except Incomplete:
                raise
            except Exception:  # the exact program says what it is
                environment.failed.add(name)
        if name is None:
            return super().render(*args, **kwargs)
        return environment.exact.get_template(name).render(*args, **kwargs)


class Environment(Exact):
    """Jinja's, with the programs of this module; made by `environment`."""

    code_generator_class = _Generator
    context_class = _Context
    template_class = _Template
    say = staticmethod(Words.__call__)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.failed: set[str] = set()
        """Names of templates that need their exact programs."""
        self._options = options

    @cached_property
    def exact(self) -> Exact:
        """The same with Jinja's own programs."""
        exact = Exact(**self._options)
        cache = self.bytecode_cache
        if isinstance(cache, FileSystemBytecodeCache):
            exact.bytecode_cache = FileSystemBytecodeCache(
                cache.directory, f"exact-{cache.pattern}"
            )
        exact.globals, exact.filters, exact.tests = self.globals, self.filters, self.tests
        return exact
