"""
content/: the seam between chance and certainty.

Left of it are network, model and cost; right of it the same files give the same bytes.
CommonMark and YAML for people, evidence.json for programs. `folder.py`, `rewriting.py` and
`sent.py` touch content/; `parts.py`, `evidence.py`, `outcome.py` and `corrections.py` are pure.
"""

from .folder import (
    EVIDENCE_FILE,
    add_corrections,
    feature_files,
    issue_files,
    issue_folders,
    read_articles,
    read_head,
    read_heads,
    read_issue,
    read_issues,
    read_publication,
    record_verified,
    unverified,
    write_issue,
)
from .outcome import Outcome
from .rewriting import recover_all, rewrite_issue
from .sent import read_sent, write_sent

__all__ = [
    "EVIDENCE_FILE",
    "Outcome",
    "add_corrections",
    "feature_files",
    "issue_files",
    "issue_folders",
    "read_articles",
    "read_head",
    "read_heads",
    "read_issue",
    "read_issues",
    "read_publication",
    "read_sent",
    "record_verified",
    "recover_all",
    "rewrite_issue",
    "unverified",
    "write_issue",
    "write_sent",
]
