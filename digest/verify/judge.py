"""
One statement under all rules: what is wrong with it, and what was proved of it.

Pure. The rules of quotations (Q4, A1), numbers (N1 to N4), names (E1, E2), support (C3),
copying (K1), addresses (U1) and talk about the task (M1) meet here; each has its own module.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..text import one_line
from .addresses import address_in
from .binding import Bindings, better_fitting, bound_elsewhere, is_far
from .conditions import dropped
from .copying import MOST_RUN, WARNED_RUN, longest_run
from .derived import prove
from .judged import Judged, Rules
from .machine_talk import machine_talk
from .misplaced import borrowed, exchanged, far_names, wrong_number
from .names import found_names, missing
from .numbers import Place, claimed, nearest, places
from .problems import error, warning
from .qualifiers import lost, lost_thing
from .quotations import Quoted, place_of, quotations, speakers
from .quotes import Missing
from .refused import refused
from .source import Basis, Source
from .speakers import expected_speaker, is_speaker
from .statements import Statement
from .support import STRICT, Support, nearest_passages, support
from .unfinished import weakened
from .unsupported import invented, sweeping
from .values import Value

MOST_PROBLEMS = 50
"""Of one statement: after so many nothing more is looked for."""
MOST_PLACED = 40
"""Values of one statement whose places are compared: no honest sentence has more."""


def judge(statement: Statement, basis: Basis, rules: Rules) -> Judged:
    """
    Ask all rules of one statement.

    Args:
        statement: A claim; judgement is asked by `own`.
        basis: Its evidence.
        rules: What is asked.
    """
    judged = Judged(statement, basis)
    asked = _Asked(judged, rules)
    quoted = asked.quotations()
    asked.numbers(quoted)
    asked.names(quoted)
    if not rules.above and statement.kind not in {"heading", "title"}:
        asked.support()
    if rules.above:
        asked.repeated()
    if statement.kind != "heading":
        asked.additions(quoted)
    if rules.form:
        asked.form(quoted)
    return judged


class _Asked:
    def __init__(self, judged: Judged, rules: Rules) -> None:
        self._judged = judged
        self._rules = rules
        self._statement = judged.statement
        self._basis = judged.basis
        self._found: Support | None = None

    def _support(self) -> Support:
        """Asked by several rules, looked for once."""
        if self._found is None:
            self._found = support(self._statement, self._basis)
        return self._found

    def _error(self, rule: str, found: str, expected: str, near: str = "") -> None:
        rule = "X1" if self._rules.above and rule in {"N1", "E1", "E2", "Q4"} else rule
        said = self._statement
        self._judged.problems.append(
            error(
                rule,
                said.where,
                found,
                expected,
                self._rules.outcome,
                statement=said.text,
                near=near,
            )
        )

    def _warning(self, rule: str, found: str, expected: str, near: str = "") -> None:
        outcome = "published" if self._rules.outcome else ""
        said = self._statement
        self._judged.problems.append(
            warning(rule, said.where, found, expected, outcome, statement=said.text, near=near)
        )

    # ------------------------------------------------------------------- quotations

    def quotations(self) -> list[Quoted]:
        """Q4 and A1; returns the quotations that stand."""
        stand: list[Quoted] = []
        for quoted in quotations(self._statement.text):
            if len(self._judged.problems) > MOST_PROBLEMS:
                break
            found = place_of(quoted, self._basis)
            if isinstance(found, Missing):
                self._error(
                    "Q4",
                    f"“{quoted.text}”",
                    f"words of a source, since they stand between quotation marks; {found.reason}",
                )
                continue
            stand.append(quoted)
            self._judged.quotes.append(found)
            if self._rules.above:
                continue
            for name in speakers(self._statement, quoted):
                if not is_speaker(name.text, found, self._basis.sources):
                    self._error("A1", name.text, expected_speaker(name.text, self._basis.sources))
        return stand

    # ---------------------------------------------------------------------- numbers

    def numbers(self, quoted: Sequence[Quoted]) -> None:
        """N1 to N4, of what does not stand inside a proved quotation."""
        proved: list[tuple[Value, tuple[Place, ...]]] = []
        covered = _inside(quoted)
        for value in claimed(self._statement):
            if len(self._judged.problems) > MOST_PROBLEMS:
                return  # it goes in any case, and hostile text may hold any number of them
            inside = value.start in covered
            found = places(value, self._basis)
            if found:
                self._judged.numbers.append((value, found))
                if not inside:
                    proved.append((value, found))
            elif not inside:
                self._absent(value)
        if self._rules.above:
            self._qualified(proved[:MOST_PLACED])
        elif self._statement.kind not in {"heading", "title"}:
            self._placed(proved[:MOST_PLACED])
            self._of_names(proved[:MOST_PLACED])

    def _absent(self, value: Value) -> None:
        if not self._rules.above:
            proof = prove(value, self._statement, self._basis, self._rules.derived)
            if proof:
                self._judged.numbers.append((value, (proof.left, proof.right)))
                return
        named = _named(self._statement, value)
        why = refused(value, self._statement, self._basis, self._rules.derived)
        self._error("N1", named, why or _expected(value, self._basis))

    def _placed(self, proved: list[tuple[Value, tuple[Place, ...]]]) -> None:
        """N2 and N4: true numbers where they belong, with what qualifies them."""
        wrong: set[int] = set()
        for left, right in Bindings(self._statement, proved).swapped():
            if id(left) in wrong or id(right) in wrong:
                continue
            wrong |= {id(left), id(right)}
            self._error(
                "N2",
                f"{left.text} … {right.text}",
                "each number where its source has it; these two look exchanged",
            )
        right_ones = [each for each in proved if id(each[0]) not in wrong]
        for value, found in right_ones:
            self._in_place(value, found)
            best = _best_places(self._judged, found)
            if thing := lost_thing(self._statement, best):
                self._warning("N4", value.text, f"“{thing}”: the source binds it to this")
        self._qualified(right_ones)

    def _qualified(self, proved: Sequence[tuple[Value, tuple[Place, ...]]]) -> None:
        """N4: what binds a number where its source states it."""
        for value, found in proved:
            if qualifier := lost(self._statement, value, _best_places(self._judged, found)):
                expected = f"“{qualifier}” with this number, or a word that says the same"
                ask = self._warning if self._statement.kind == "title" else self._error
                ask("N4", value.text, expected)

    def _in_place(self, value: Value, found: tuple[Place, ...]) -> None:
        bound = bound_elsewhere(self._statement, value, found, self._basis)
        other = bound or better_fitting(self._statement, value, found, self._basis)
        if bound:
            self._error(
                "N2",
                value.text,
                f"the number that the source gives here, {bound[1].text}: {_sentence(*bound)}",
            )
        elif other:
            self._warning(
                "N2",
                value.text,
                f"the source seems to say {other[1].text} here: {_sentence(*other)}",
            )
        elif is_far(self._statement, found, self._basis):
            self._warning(
                "N2",
                value.text,
                "this number near the same words in its source; it stands in: "
                f"{_sentence(*found[0])}",
            )

    def _of_names(self, proved: list[tuple[Value, tuple[Place, ...]]]) -> None:
        """N2: a name to which the source gives another number."""
        for name, value, other in wrong_number(self._statement, proved, self._basis):
            self._warning(
                "N2",
                f"{name.text} … {value.text}",
                f"the number that the source gives here, {other[1].text}: {_sentence(*other)}",
            )

    # ------------------------------------------------------------------------ names

    def names(self, quoted: Sequence[Quoted]) -> None:
        """E1 and E2, of what does not stand inside a proved quotation."""
        covered = _inside(quoted)
        for rule, name in missing(self._statement, self._basis):
            if name.start not in covered:
                self._error(
                    rule,
                    name.text,
                    "a name that the evidence of this sentence holds"
                    if rule == "E1"
                    else "an ordinary word, or a name that the evidence holds",
                )
        for found, source, start, end in found_names(self._statement, self._basis):
            self._judged.names.append((found.text, source, start, end))
        if not self._rules.above and self._statement.kind not in {"heading", "title"}:
            self._misplaced(covered)

    def _misplaced(self, covered: frozenset[int]) -> None:
        """E1's warnings: a true name far from what is cited, or where another one stands."""
        told: set[int] = set()
        for name, other in exchanged(self._statement, self._basis):
            if name.start not in covered:
                told.add(name.start)
                self._warning("E1", name.text, f"the name that the source has here, {other}")
        for name, passage in far_names(self._statement, self._basis):
            if name.start not in covered | told:
                expected = f"a name near what is cited; it stands in: {passage.text}"
                self._warning("E1", name.text, expected)

    # ---------------------------------------------------------------------- support

    def support(self) -> None:
        """C3, and the weaker words of what is cited (N4's warning)."""
        statement = self._statement
        found = self._support()
        if not found.is_enough:
            passages = nearest_passages(statement.stems, self._basis, 1)
            ask = self._error if statement.kind in STRICT else self._warning
            ask(
                "C3",
                statement.text,
                f"{found.needed} of its content words in what is cited; {found.shared} stand there",
                next(iter(passages), ""),
            )
        elif passage := borrowed(statement, self._basis):
            expected = "a note for each passage that it rests on"
            self._warning("C3", statement.text, expected, passage.text)
        elif found.source is not None:
            cited = [(s, n) for s, numbers in self._basis.cited_sentences(0) for n in numbers]
            for word in weakened(statement, cited or [(found.source, found.sentence)]):
                self._warning("N4", statement.text, _undone(word, "the source"))

    def repeated(self) -> None:
        """N4 above the text: conditions, and what is not done yet, of the sentence repeated."""
        statement = self._statement
        found = self._support()
        if found.source is None or not found.is_enough:
            return
        source, sentence = found.source, _nearest_to(statement, found.source, found.sentence)
        start, end = source.sentences[sentence]
        for condition in dropped(statement, source.whole[start:end]):
            expected = (
                f"“{condition}”, or the same in other words: the sentence below holds so only"
            )
            self._warning("N4", statement.text, expected)
        for word in weakened(statement, [(source, sentence)]):
            self._warning("N4", statement.text, _undone(word, "the sentence below"))

    def additions(self, quoted: Sequence[Quoted]) -> None:
        """C3, of what a sentence adds: a clause of no passage, "first", "never", "because"."""
        statement, basis = self._statement, self._basis
        if any(
            source.meanings or source.document.language[:2] not in {"", "en"}
            for source in basis.sources
        ):
            return
        near = [(s, n) for s, numbers in basis.cited_sentences() for n in numbers]
        cited = frozenset().union(*(source.stems[n] for source, n in near))
        is_cited = bool(near)

        def is_supported(each: str) -> bool:
            return each in cited if is_cited else any(each in s.stem_places for s in basis.sources)

        if not near and (found := self._support()).source is not None:
            last = min(len(found.source.sentences), found.sentence + 2)
            near = [(found.source, n) for n in range(max(0, found.sentence - 1), last)]
        covered = _inside(quoted)
        is_told = any(problem.rule == "C3" for problem in self._judged.problems)
        for clause in () if is_told else invented(statement, is_supported, covered):
            self._warning("C3", clause, "words of what is cited: nothing there says this")
            at = statement.text.find(clause)
            covered |= frozenset(range(at, at + len(clause)))
        for word in sweeping(statement, near, covered) if near else ():
            self._warning("C3", word, "a cited passage that says so; none does")

    # ------------------------------------------------------------------------- form

    def form(self, quoted: Sequence[Quoted]) -> None:
        """U1, M1 and the runs of K1; what a proved quotation holds is its source's."""
        text = self._statement.text
        written = self._statement.written or text
        for each in quoted:
            written = written.replace(text[each.start : each.end], " ")
        if address := address_in(written):
            self._error("U1", address, "no address, link or tag in text")
        if phrase := machine_talk(text, self._basis, self._rules.secret):
            self._error("M1", phrase, "news, and no talk about the task")
        if self._rules.above:
            return
        run = longest_run(self._statement, self._basis.sources)
        self._judged.run = run.words
        if run.is_copied:
            self._error("K1", run.text, f"at most {MOST_RUN} words in a row of any source")
        elif run.is_warned_of:
            expected = f"at most {WARNED_RUN} words in a row of any source, names and figures aside"
            self._warning("K1", run.text, expected)


def _undone(word: str, where: str) -> str:
    return f"“{word}”, or a word that says the same: {where} does not tell this as a settled fact"


def _inside(quoted: Sequence[Quoted]) -> frozenset[int]:
    """Offsets that stand in a quotation."""
    return frozenset(offset for each in quoted for offset in range(each.start, each.end))


def _named(statement: Statement, value: Value) -> str:
    """A value; the number of a name with the word before it."""
    if value.kind != "version":
        return value.text
    before = statement.text[: value.start].rstrip().rpartition(" ")[2]
    return f"{before} {value.text}".strip()


def _expected(value: Value, basis: Basis) -> str:
    close = () if value.is_fraction else nearest(value, basis)
    near = ", ".join(dict.fromkeys(found.text for _, found in close))
    what = "a date" if value.kind == "date" else "a number"
    return f"{what} that the evidence holds" + (f"; the nearest there: {near}" if near else "")


def _sentence(source: Source, value: Value) -> str:
    start, end = source.sentences[source.sentence_at(value.start)]
    return one_line(source.whole[start:end])[:200]


def _nearest_to(statement: Statement, source: Source, sentence: int) -> int:
    """Of a sentence and its neighbours the one that shares most with a statement."""
    near = range(max(0, sentence - 1), min(len(source.stems), sentence + 2))
    return max(near, key=lambda each: (len(statement.stems & source.stems[each]), each == sentence))


def _best_places(judged: Judged, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """Of a value's places those in what is cited; else those that share most with the sentence."""
    inside = [
        place
        for place in found
        if any(s is place[0] and a <= place[1].start < b for s, a, b in judged.basis.cited)
    ]
    if inside:
        return tuple(inside)
    stems = judged.statement.stems
    scored = [
        (len(stems & source.around(source.sentence_at(value.start), 0)), source, value)
        for source, value in found[:40]
    ]
    most = max((score for score, _, _ in scored), default=0)
    return tuple((source, value) for score, source, value in scored if score == most)
