"""
What folders and files in content/ are called.

Pure, and light: whoever asks which issues there are imports it.
"""

from __future__ import annotations

import re

ESSAYS, PAGES = "essays", "pages"
"""Folders of what people write."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""The name of an issue's folder."""
FRONT_FILE = "issue.md"
ROUND_UPS_FILE = "round-ups.md"
EVIDENCE_FILE = "evidence.json"
