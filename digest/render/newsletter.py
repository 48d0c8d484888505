"""
The newsletter: an issue as a message, in HTML and in plain text.

Pure. HTML is one column of tables with its CSS inlined, for mail programs know little else;
what follows the reader's dark mode stays in a style block. Subject, Message-ID and date
follow from the issue. Signs that mail providers evaluate as templates are defused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import formataddr
from urllib.parse import urlsplit

import css_inline
import jinja2
from markupsafe import Markup

from ..settings import Config
from ..text import one_line
from ..types import Issue, Message, Publication
from . import plain, view
from .addresses import absolute, host
from .notes import Marks, Numbering
from .words import Words, words_of

_EVALUATED = re.compile(r"\{(?=[{%#])")


def newsletters(
    publication: Publication, config: Config, env: jinja2.Environment
) -> Iterator[Message]:
    """A message for each issue."""
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
    for issue in publication.issues:
        yield _message(issue, config, env, inliner)


def _message(
    issue: Issue, config: Config, env: jinja2.Environment, inliner: css_inline.CSSInliner
) -> Message:
    say = words_of(env)
    shown = view.view(issue, config, say)
    context = {
        "view": shown,
        "issue": issue,
        "site": config.site,
        "home_url": absolute(config, ""),
    }
    html = inliner.inline(env.get_template("newsletter.html").render(context))
    text = env.get_template("newsletter.txt").render(context | _text_parts(issue, shown, say))
    name = f"{issue.digest}-{issue.date.isoformat()}"
    domain = host(config.site.url)
    return Message(
        name=name,
        subject=_EVALUATED.sub("{ ", one_line(issue.front.title)),
        html=_EVALUATED.sub("&#123;", html),
        text=_EVALUATED.sub("{ ", text),
        sender=formataddr((one_line(config.site.title), f"newsletter@{domain}")),
        date=shown.published,
        message_id=f"<{name}.{_local_part(config)}@{domain}>",
    )


def _local_part(config: Config) -> str:
    """Tells the sites of one host apart."""
    return re.sub(r"[^a-z0-9]+", "-", urlsplit(config.site.url).path.lower()).strip("-") or "digest"


def _text_parts(issue: Issue, shown: view.IssueView, say: Words) -> dict[str, object]:
    """The issue's texts as plain text, its notes numbered as in the HTML."""
    numbering, links = Numbering(), plain.Links(len(shown.notes) + 1)
    lead = plain.to_text(issue.front.lead, links, excerpts=view.excerpts_of_front(issue.front))
    features = [
        {
            "feature": item.feature,
            "source": _source_line(item.source, links, say),
            "tldr": [_unmarked(line) for line in item.tldr],
            "body": plain.to_text(
                item.feature.body,
                links,
                marks=Marks(numbering, item.feature.notes),
                excerpts=view.excerpts_of_feature(item.feature),
            ),
            "further": [(title, links.number(url)) for title, url in item.feature.further],
        }
        for item in shown.features
    ]
    themes = [
        (theme, [_round_up_text(item, issue, links, say) for item in items])
        for theme, items in shown.themes
    ]
    return {
        "dek": _unmarked(shown.dek),
        "tldr": [_unmarked(item) for item in shown.tldr],
        "lead": lead,
        "features": features,
        "themes": themes,
        "links": links.all(),
        "fill": plain.fill,
    }


def _round_up_text(
    item: view.RoundUpView, issue: Issue, links: plain.Links, say: Words
) -> dict[str, str]:
    excerpts = view.excerpts_of_round_up(item.round_up, issue)
    return {
        "title": item.round_up.title,
        "source": _source_line(item.source, links, say),
        "text": plain.to_text(item.round_up.text, links, excerpts=excerpts),
    }


def _source_line(source: view.Source, links: plain.Links, say: Words) -> str:
    if not source.name:
        return ""
    name = source.name + (f" [{links.number(source.url)}]" if source.url else "")
    parts = [say.plain("source", name=name)]
    parts += [say.plain("published", day=source.published)] if source.published else []
    parts += [say.plain("also", names=", ".join(source.also))] if source.also else []
    return " · ".join(parts)


def _unmarked(html: Markup) -> str:
    """The text of a line without its HTML."""
    return html.striptags()
