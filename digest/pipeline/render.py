"""
content/ → render → publish: the site and the newsletters, from files alone.

Touches feeds.yaml's neighbours content/, templates/, site/ and mail/; knows no store, no
network and no clock, so that the same files give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..content import read_publication
from ..publish.folder import Written, write_mail, write_site
from ..render import environment, messages, pages
from ..settings import Config

SITE, MAIL = "site", "mail"


@dataclass(frozen=True, slots=True)
class RenderReport:
    issues: int
    site: Written
    mail: Written | None
    """None in a preview, which makes no mail."""


def render(
    config: Config, site: Path, *, out: Path | None = None, drafts: bool = False
) -> RenderReport:
    """
    Make the site and the newsletters.

    Args:
        config: What feeds.yaml says.
        site: The folder that holds content/ and, where it has any, templates/.
        out: Where the pages go; site/ in the folder where None. Elsewhere no mail is made.
        drafts: Show issues that wait for review, too.

    Raises:
        ContentError: A file in content/ is not as it should be.
        PublishError: A template fails, or a folder cannot be written.
    """
    slugs = [digest.slug for digest in config.digests]
    publication = read_publication(site / "content", slugs)
    env = environment(site / "templates", language=config.site.language)
    written = write_site(pages(publication, config, env, drafts=drafts), out or site / SITE)
    mail = None if out else write_mail(messages(publication, config, env), site / MAIL)
    return RenderReport(len(publication.issues), written, mail)
