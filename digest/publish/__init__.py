"""
What was rendered reaches its readers.

Touches the disk.
"""

from __future__ import annotations

from .folder import Written, write_mail, write_site

__all__ = ["Written", "write_mail", "write_site"]
