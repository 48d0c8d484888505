"""
Plan: of the stories of a window, which matter to these readers, and why.

Pure. Stories are named by ids; how many become features, and who gets a share of the places,
stays with `select`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...text import count_words, one_line, silenced
from ...types import Contender, Document, Story
from ..model.base import Request
from ..model.budget import BYTES_PER_TOKEN, tokens_of
from .forms import PLAN
from .setting import Setting
from .showing import masked, title_of

BEGINS = 240
"""Characters of a story's text that are shown."""
ROOM = 11_000
"""Tokens of all stories."""
FEEDS = 6
"""Of those that tell a story, named."""
MAX_TOKENS = 1_600
SPARE = 4
"""Stories beyond the places of an issue that are ranked: one may turn out to carry nothing."""
HEADED = 6
"""Round-ups from which headings stand over them (DESIGN section 6); fewer are not asked for."""


def request(
    offered: Sequence[Contender], texts: Mapping[str, Document], setting: Setting
) -> Request:
    """
    Args:
        offered: What may be ranked.
        texts: Documents by id.
    """
    digest = setting.digest
    most = min(len(offered), digest.features + digest.round_ups + SPARE)
    user = setting.prompts.render(
        "plan",
        fence=setting.fence,
        stories=[_shown(each, texts, ROOM // max(1, len(offered))) for each in offered],
        features=digest.features,
        round_ups=digest.round_ups,
        headed=digest.round_ups >= HEADED,
        least=min(most, max(1, digest.features)),
        most=most,
    )
    return setting.request("plan", user, PLAN, MAX_TOKENS)


def _shown(offered: Contender, texts: Mapping[str, Document], room: int) -> Mapping[str, str]:
    story = offered.story
    document = texts.get(story.lead.document)
    text = silenced(document) if document else ""
    title = _within(title_of(story.lead.title), room // 2)
    about = _about(story, count_words(text))
    begins = masked(one_line(text[: 2 * BEGINS]))[:BEGINS]
    return {
        "id": offered.id,
        "title": title or "(without a title)",
        "about": about,
        "begins": _within(begins, room - tokens_of(title) - tokens_of(about)) or "(no text)",
    }


def _within(text: str, room: int) -> str:
    """The beginning of a text that has so many tokens; scripts differ in characters to a token."""
    kept = text.encode("utf-8", "surrogatepass")[: max(0, room) * BYTES_PER_TOKEN]
    return kept.decode("utf-8", "ignore")


def _about(story: Story, words: int) -> str:
    feeds = list(dict.fromkeys(entry.feed for entry in story.entries))
    more = f" and {len(feeds) - FEEDS} more" if len(feeds) > FEEDS else ""
    told = [f"from {', '.join(feeds[:FEEDS])}{more}", f"{words} words"]
    if story.lead.published:
        told.append(f"{story.lead.published:%Y-%m-%d}")
    if story.lead.points_to:
        told.append("points to another page")
    if story.update_of:
        told.append(f"continues what the issue of {story.update_of.rpartition('/')[2]} told")
    return " · ".join(told)
