"""
An issue's parts by a language model: asked, proved, repaired, and stepped down where it fails.

Touches models. Nothing that a model says comes out but through `verify`. What it cannot do,
because it is gone, refuses, is out of budget or writes nothing that can be proved, the drafter
that quotes does: part by part, so that one bad feature costs no other part.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .. import verify
from ..draft.model import Models, Request
from ..draft.prompts import Prompts
from ..draft.roles import feature as feature_role
from ..draft.roles import front as front_role
from ..draft.roles import pairs as pairs_role
from ..draft.roles import plan as plan_role
from ..draft.roles import repair
from ..draft.roles import round_ups as round_ups_role
from ..draft.roles.setting import Setting
from ..errors import DraftError, ModelError
from ..types import (
    Call,
    ClosePair,
    Contender,
    Document,
    Dossier,
    Draft,
    EditorsChoice,
    Facts,
    Feature,
    Front,
    FrontDraft,
    PairAnswer,
    Problem,
    RoundUp,
    RoundUpDraft,
)
from .asking import REPAIRS, Asking, Attempt, best_of, needs_repair
from .gathering import gathered
from .quoting import DROPPED, FeaturePart, Quoting

LEAST_RANKED = 3
"""Stories; fewer need no ranking."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed so that models write."""

    models: Callable[[str, bool], Models]
    """
    The models at work on an issue (`<digest>/<date>`); with True it is written anew, and what
    was spent on it before does not count.
    """
    prompts: Prompts
    salt: str
    """Of the words that fence documents: known to nobody who writes one."""
    embed: Callable[[Sequence[str], str], Awaitable[list[tuple[float, ...]]]] | None = None
    """Texts and the slug of a digest → vectors; None where no model is asked for them."""


class Writing:
    """
    Satisfies `Author`.

    Args:
        models: At work on this issue.
        setting: What its requests share.
        quoting: Who does what no model does.
        warn: Called with a line for each part that the models do not write.
    """

    def __init__(
        self,
        models: Models,
        setting: Setting,
        quoting: Quoting,
        warn: Callable[[str], None] = lambda line: None,
    ) -> None:
        self._models, self._setting = models, setting
        self._quoting, self._warn = quoting, warn
        self._wrote = False
        self.is_cut = False
        """Whether a model gave no answer to something."""
        self._theme = ""
        """What the plan saw as common to the chosen stories."""

    @property
    def model(self) -> str:
        return self._models.writer.name if self._wrote else ""

    @property
    def calls(self) -> tuple[Call, ...]:
        return self._models.calls()

    # ----------------------------------------------------------------- the choice

    async def pairs(
        self, pairs: Sequence[ClosePair], texts: Mapping[str, Document]
    ) -> tuple[PairAnswer, ...]:
        if not pairs:
            return ()
        request = pairs_role.request(pairs, texts, self._setting)
        return await self._said(request, verify.pairs_of) or ()

    async def choice(
        self, offered: Sequence[Contender], texts: Mapping[str, Document]
    ) -> EditorsChoice:
        if len(offered) < LEAST_RANKED:
            return EditorsChoice()
        request = plan_role.request(offered, texts, self._setting)
        choice = await self._said(request, verify.choice_of) or EditorsChoice()
        self._theme = choice.theme
        return choice

    async def _said(
        self, request: Request, read: Callable[[str, str], Answer | Problem]
    ) -> Answer | None:
        """An answer of the editor's, asked again once where it cannot be read; None without."""
        try:
            for _ in range(2):
                reply = await self._models.editor.ask(request)
                answer = read(reply.text, reply.finish)
                if not isinstance(answer, Problem):
                    return answer
                request = repair.whole(request, reply.text, answer)
            self._say(f"{request.role}: no reply could be read; chosen by counting")
        except DraftError as exc:
            self._fail(request.role, exc, "chosen by counting")
        return None

    # ------------------------------------------------------------------ the parts

    async def feature(self, dossier: Dossier) -> FeaturePart:
        try:
            kept, open_ = await gathered(self._models.writer, dossier, self._setting, self._say)
            request = feature_role.request(dossier, self._setting, kept, open_=open_)
            asking = Asking(
                request,
                verify.feature_of,
                lambda draft: self._proved_feature(draft, dossier),
                dossier.documents,
                lambda draft: feature_role.request(
                    dossier,
                    self._setting,
                    feature_role.concerned(draft, dossier.documents) or kept,
                    room=feature_role.ROOM_AGAIN,
                ),
            )
            best = await best_of(self._models.writer, asking)
        except DraftError as exc:
            self._fail(dossier.story.lead.title, exc)
            return await self._quoting.feature(dossier)
        if best is None:
            self._say(f"{dossier.story.lead.title}: no reply could be read; quoted instead")
            return await self._quoting.feature(dossier)
        if best.made is None:
            return FeaturePart(None, best.problems, DROPPED)
        self._wrote = True
        return FeaturePart(best.made, best.problems)

    async def round_ups(
        self, dossiers: Sequence[Dossier]
    ) -> tuple[tuple[RoundUp, tuple[Problem, ...]], ...]:
        stories = {f"R{number}": dossier for number, dossier in enumerate(dossiers, 1)}
        proved: dict[str, Attempt[RoundUp]] = {}
        try:
            for names, request in round_ups_role.requests(stories, self._setting):
                await self._some_round_ups(names, stories, request, proved)
        except DraftError as exc:
            self._fail("round-ups", exc)
        quoted = await self._quoting.round_ups(dossiers)
        if lost := sum(1 for name in stories if name not in proved or not proved[name].stands):
            self._say(f"round-ups: {lost} of {len(stories)} are quoted: no reply told them, proved")
        out = []
        for name, (item, found) in zip(stories, quoted, strict=True):
            own = proved.get(name)
            if own is None or not own.stands:
                out.append((item, (*(own.problems if own else ()), *found)))
            else:
                self._wrote = True
                out.append((own.made, own.problems))
        return tuple(out)

    async def front(
        self, features: Sequence[Feature], round_ups: Sequence[RoundUp], facts: Facts
    ) -> tuple[Front, tuple[Problem, ...]]:
        asking = Asking(
            front_role.request(features, round_ups, self._setting, theme=self._theme),
            verify.front_of,
            lambda draft: self._proved_front(draft, features, round_ups),
        )
        problems: tuple[Problem, ...] = ()
        try:
            best = await best_of(self._models.editor, asking)
        except DraftError as exc:
            self._fail("front", exc)
        else:
            if best is not None and best.stands:
                self._wrote = True
                return best.made, best.problems
            problems = best.problems if best else ()
            why = "too little of it could be proved" if best else "no reply could be read"
            self._say(f"front: {why}; quoted instead")
        front, found = await self._quoting.front(features, round_ups, facts)
        return front, (*problems, *found)

    # ---------------------------------------------------------------- what is proved

    def _proved_feature(self, draft: Draft, dossier: Dossier) -> Attempt[Feature | None]:
        feature, problems = verify.feature(draft, dossier, slug="", secret=self._setting.secret)
        claims = len(feature.claims) if feature else 0
        return Attempt(feature, problems, claims, feature is not None)

    def _proved_round_up(self, draft: RoundUpDraft, dossier: Dossier) -> Attempt[RoundUp]:
        item, problems = verify.round_up(draft, dossier, kind="model", secret=self._setting.secret)
        return Attempt(item, problems, len(item.claims), bool(item.text))

    def _proved_front(
        self, draft: FrontDraft, features: Sequence[Feature], round_ups: Sequence[RoundUp]
    ) -> Attempt[Front]:
        front, problems = verify.front(draft, features, round_ups, secret=self._setting.secret)
        stands = bool(front.title and front.tldr and front.lead)
        return Attempt(front, problems, len(front.claims), stands)

    # ----------------------------------------------------------------------- asking

    async def _some_round_ups(
        self,
        names: Sequence[str],
        stories: Mapping[str, Dossier],
        request: Request,
        proved: dict[str, Attempt[RoundUp]],
    ) -> None:
        """Ask for all, then again for those that are not right, until they are or it is enough."""
        wanted = set(names)
        for attempt in range(1 + REPAIRS):
            reply = await self._models.writer.ask(request)
            drafts = verify.round_ups_of(reply.text, reply.finish)
            if isinstance(drafts, Problem):
                request = repair.whole(request, reply.text, drafts)
                continue
            for draft in drafts:
                if draft.story in wanted:
                    self._keep_better(proved, draft, stories[draft.story])
            wrong = {
                name: proved[name]
                for name in names
                if name in proved and needs_repair(proved[name], first=attempt == 0)
            }
            if not wrong:
                return
            wanted = set(wrong)
            kept = [draft for draft in drafts if draft.story in wanted]
            problems = [problem for each in wrong.values() for problem in each.problems]
            fewer = round_ups_role.request({name: stories[name] for name in wrong}, self._setting)
            documents = [d for name in wrong for d in stories[name].documents]
            message = verify.repair_message(problems, documents if len(wrong) == 1 else ())
            request = repair.again(fewer, round_ups_role.reply_of(kept), message)

    def _keep_better(
        self, proved: dict[str, Attempt[RoundUp]], draft: RoundUpDraft, dossier: Dossier
    ) -> None:
        new = self._proved_round_up(draft, dossier)
        old = proved.get(draft.story)
        if old is None or new.worth > old.worth:
            proved[draft.story] = new

    def _fail(self, what: str, exc: DraftError, instead: str = "quoted instead") -> None:
        self.is_cut |= isinstance(exc, ModelError)
        self._say(f"{what}: {exc.message}; {instead}")

    def _say(self, line: str) -> None:
        self._warn(f"{self._setting.digest.slug}: {line}")
