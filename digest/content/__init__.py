"""
content/: the seam between chance and certainty.

Left of it are network, model and cost; right of it the same files give the same bytes.
CommonMark and YAML for people, evidence.json for programs. `parts.py` and
`evidence.py` are pure; `folder.py` touches content/.
"""

from .folder import (
    changed_features,
    issue_files,
    read_issue,
    read_issues,
    read_publication,
    record_verified,
    write_issue,
)

__all__ = [
    "changed_features",
    "issue_files",
    "read_issue",
    "read_issues",
    "read_publication",
    "record_verified",
    "write_issue",
]
