"""
Names that a package offers, loaded when one of them is first asked for.

Touches nothing but Python's table of modules. A package that offers much of what it holds would
else make a command that needs a little of it pay for all: `digest status` reads the heads of
issues and writes none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def names(package: str, **homes: str) -> Callable[[str], Any]:
    """
    The `__getattr__` of a package.

    Args:
        package: Its `__name__`.
        homes: Of each module in it the names that it gives, with blanks between them.

    Source: PEP 562
    """
    home_of = {name: module for module, given in homes.items() for name in given.split()}

    def load(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home_of[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
