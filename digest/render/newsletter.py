"""
The newsletter: an issue as a message, in HTML and in plain text.

Pure. HTML is one column of tables with its CSS inlined, for mail programs know little else;
what follows the reader's dark mode stays in a style block. Subject, Message-ID and date
follow from the issue. `shortening.py` keeps it short, `defusing.py` harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from ..lone_publisher import said_once
from ..settings import Config, Newsletter
from ..text import one_line
from ..types import Issue, Message, Publication
from . import plain, view
from .addresses import absolute, host, issue_path
from .corrections import TEMPLATES, Corrected, Corrections
from .defusing import PLACEHOLDER, defused_html, defused_text, honest_links, with_way_out
from .notes import Marks, Numbering
from .shortening import MOST_BYTES, Cut, cuts, may_fit, shortened
from .words import Words, words_of

if TYPE_CHECKING:
    import css_inline

WAYS_OUT = {"buttondown": "{{ unsubscribe_url }}", "listmonk": "{{ UnsubscribeURL }}"}
"""What the providers that keep the list fill in for each reader."""


class Letters:
    """
    Makes newsletters.

    Args:
        config: Names, addresses, and how much of an issue is mailed.
        env: As `environment` makes it.
    """

    def __init__(self, config: Config, env: jinja2.Environment) -> None:
        self._config, self._env = config, env
        import css_inline  # a few letters are made where one issue has changed, or none

        self._inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)

    def of(
        self, issue: Issue, corrected: tuple[Corrected, ...], shown: view.IssueView | None = None
    ) -> Message:
        """
        Args:
            issue: What to mail.
            corrected: As `Corrections.before` gives it.
            shown: The issue, rendered, without ways to other issues; where it is there already.
        """
        return _message(issue, corrected, shown, self._config, self._env, self._inliner)


def newsletters(
    publication: Publication, config: Config, env: jinja2.Environment
) -> Iterator[Message]:
    """A message for each issue."""
    letters, corrections = Letters(config, env), Corrections(publication.issues, config)
    for issue in publication.issues:
        yield letters.of(issue, corrections.before(issue.digest, issue.date))


def _message(
    issue: Issue,
    corrected: tuple[Corrected, ...],
    whole: view.IssueView | None,
    config: Config,
    env: jinja2.Environment,
    inliner: css_inline.CSSInliner,
) -> Message:
    html = text = ""
    for cut in cuts(issue, config.newsletter.text):
        if not (may_fit(shortened(issue, cut)) or cut.is_front_alone):
            continue
        shown = whole if cut == Cut.whole(issue) else None
        html, text = _parts(issue, cut, shown, corrected, config, env, inliner)
        if len(html.encode()) <= MOST_BYTES:
            break
    from email.utils import formataddr

    way_out = _way_out(config.newsletter)
    front = issue.front
    name = f"{issue.digest}-{issue.date.isoformat()}"
    domain = host(config.site.url)
    default_sender = formataddr((one_line(config.site.title), f"newsletter@{domain}"))
    return Message(
        name=name,
        subject=defused_text(one_line(front.title)),
        html=with_way_out(html, str(escape(way_out))),
        text=with_way_out(text, way_out),
        sender=config.newsletter.from_ or default_sender,
        date=issue.period_end,
        message_id=f"<{name}.{_local_part(config)}@{domain}>",
        reply_to=config.newsletter.reply_to,
        issue=f"{issue.digest}/{issue.date.isoformat()}",
        url=absolute(config, issue_path(issue)),
        preheader=defused_text(one_line(front.dek or next(iter(front.tldr), ""))),
        unsubscribe=way_out,
    )


def _way_out(settings: Newsletter) -> str:
    """What stands behind "unsubscribe"; empty where there is no way to."""
    return settings.unsubscribe_url if settings.via == "smtp" else WAYS_OUT.get(settings.via, "")


def _parts(
    issue: Issue,
    cut: Cut,
    shown: view.IssueView | None,
    corrected: tuple[Corrected, ...],
    config: Config,
    env: jinja2.Environment,
    inliner: css_inline.CSSInliner,
) -> tuple[str, str]:
    """HTML and text of what is shown, both harmless, with a place for the way out."""
    say = words_of(env)
    short = shortened(said_once(issue), cut)
    if shown is None:
        shown = replace(view.view(short, config, say), minutes=view.reading_minutes(issue))
    context = {
        "view": shown,
        "issue": short,
        "site": config.site,
        "home_url": absolute(config, ""),
        "corrected": () if cut.is_front_alone else corrected,
        "read_on": {item.slug for item in issue.features[cut.features :]},
        "more": len(issue.round_ups) - len(short.round_ups),
        "postal": config.newsletter.postal,
        "unsubscribe": PLACEHOLDER if _way_out(config.newsletter) else "",
    }
    html = inliner.inline(env.get_template(TEMPLATES[0]).render(context))
    text = env.get_template(TEMPLATES[1]).render(context | _text_parts(short, shown, say))
    return defused_html(honest_links(html)), defused_text(text)


def _local_part(config: Config) -> str:
    """Tells the sites of one host apart."""
    return re.sub(r"[^a-z0-9]+", "-", urlsplit(config.site.url).path.lower()).strip("-") or "digest"


def _text_parts(issue: Issue, shown: view.IssueView, say: Words) -> dict[str, object]:
    """The issue's texts as plain text, its notes numbered as in the HTML."""
    numbering, links = Numbering(), plain.Links(len(shown.notes) + 1)
    lead = plain.to_text(issue.front.lead, links, excerpts=view.excerpts_of_front(issue.front, {}))
    features = [
        SimpleNamespace(
            feature=item.feature,
            source=_source_line(item.source, links, say),
            tldr=[_unmarked(line) for line in item.tldr],
            body=plain.to_text(
                item.feature.body,
                links,
                marks=Marks(numbering, item.feature.notes),
                excerpts=view.excerpts_of_feature(item.feature),
            ),
            further=[(title, links.number(url)) for title, url in item.feature.further],
        )
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
) -> SimpleNamespace:
    excerpts = view.excerpts_of_round_up(item.round_up, issue, {})
    return SimpleNamespace(
        title=item.round_up.title,
        source=_source_line(item.source, links, say),
        text=plain.to_text(item.round_up.text, links, excerpts=excerpts),
    )


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
