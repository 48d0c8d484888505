"""
content/: the seam between chance and certainty.

Left of it are network, model and cost; right of it the same files give the same bytes.
CommonMark and YAML for people, evidence.json for programs. `files.py`, `folder.py`, `heads.py`,
`rewriting.py` and `sent.py` touch content/; `head.py`, `parts.py`, `evidence.py`, `outcome.py` and
`corrections.py` are pure. What reads and writes whole issues is loaded when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .folder import add_corrections as add_corrections
    from .folder import cited as cited
    from .folder import feature_files as feature_files
    from .folder import issue_files as issue_files
    from .folder import read_articles as read_articles
    from .folder import read_issue as read_issue
    from .folder import read_issues as read_issues
    from .folder import read_publication as read_publication
    from .folder import record_verified as record_verified
    from .folder import unverified as unverified
    from .folder import write_issue as write_issue
    from .heads import issue_folders as issue_folders
    from .heads import read_head as read_head
    from .heads import read_heads as read_heads
    from .names import EVIDENCE_FILE as EVIDENCE_FILE
    from .outcome import Outcome as Outcome
    from .rewriting import recover_all as recover_all
    from .rewriting import rewrite_issue as rewrite_issue
    from .sent import read_sent as read_sent
    from .sent import write_sent as write_sent
else:
    from ..lazily import names

    __getattr__ = names(
        __name__,
        folder="add_corrections cited feature_files issue_files read_articles"
        " read_issue read_issues read_publication record_verified unverified write_issue",
        heads="issue_folders read_head read_heads",
        names="EVIDENCE_FILE",
        outcome="Outcome",
        rewriting="recover_all rewrite_issue",
        sent="read_sent write_sent",
    )
