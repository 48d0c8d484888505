"""A slim value is the whole one, or says that it is not."""

from __future__ import annotations

import datetime as dt
import pickle
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import Markup

from digest.render import environment
from digest.render.ready import of_kept, ready, to_kept
from digest.render.shell import Frame
from digest.render.slim import Incomplete, pack, unpack
from digest.render.view import view
from tests.render.small_site import CONFIG, ISSUE


@dataclass(frozen=True, slots=True)
class Inner:
    light: object
    heavy: str = "heavy"


@dataclass(frozen=True, slots=True)
class Outer:
    first: Inner
    others: tuple[Inner, ...]
    names: dict[str, int]


MOMENT = dt.datetime(2026, 4, 1, 5, tzinfo=dt.UTC)
LEFT_OUT: dict[type, frozenset[str]] = {Inner: frozenset({"heavy"})}


@pytest.mark.parametrize(
    "value", ["a", Markup("<b>"), 3, 0.5, None, True, MOMENT, MOMENT.date(), ("a", ["b"])]
)
def test_a_value_comes_back(value: object) -> None:
    found = unpack(pack(Outer(Inner(value), (), {"n": 1}), LEFT_OUT))
    assert found.first.light == value
    assert type(found.first.light) is type(value)
    assert found.names == {"n": 1}


def test_what_stands_twice_is_one() -> None:
    inner = Inner(1)
    found = unpack(pack(Outer(inner, (inner, inner), {}), LEFT_OUT))
    assert found.first is found.others[0] is found.others[1]


@pytest.mark.parametrize(
    "text",
    [
        "{{ x.heavy }}", "{{ x.heavy is defined }}", "{{ x.heavy | default(1) }}", "{{ x }}",
        "{{ x == x }}", "{{ x in [1] }}", "{{ x ~ 'a' }}", "{{ x['heavy'] }}", "{{ {x: 1} }}",
        "{{ [x] | map(attribute='heavy') | list }}", "{{ [x] | sort }}",
        "{{ [x, x] | unique | list }}",
        "{{ [x] | selectattr('heavy') | list }}", "{{ x.neither }}", "{{ '%s' | format(x) }}",
    ],
)  # fmt: skip
def test_whoever_wants_more_is_told(text: str, tmp_path: Path) -> None:
    """However a template asks, also where it would take what is missing for nothing."""
    slim = unpack(pack(Inner(1), LEFT_OUT))
    (tmp_path / "own.html").write_text(text)
    for _ in range(2):
        with pytest.raises(Incomplete):
            environment(tmp_path).get_template("own.html").render(x=slim)


def test_nothing_but_values_is_unpacked() -> None:
    """What is kept may have been written by anybody: it can name no other class."""
    for evil in (print, Outer, ValueError("x")):
        with pytest.raises(ValueError, match="damaged"):
            unpack(zlib.compress(pickle.dumps(evil)))
    for broken in (b"", b"x", pack(1, {})[:-1], zlib.compress(b"x")):
        with pytest.raises(ValueError, match="damaged"):
            unpack(broken)


def test_an_issue_comes_back() -> None:
    """All that pages are given beside what is left out; and the same HTML."""
    env = environment()
    frame = Frame(CONFIG, env, {})
    made = ready(view(ISSUE, CONFIG, frame.words), frame)
    kept = of_kept(to_kept(made))
    assert kept.structured == made.structured
    assert kept.footnotes == made.footnotes != ""
    assert kept.statements == made.statements != ""
    for name in ("path", "lead", "minutes", "published", "counts", "period", "names", "tldr"):
        assert getattr(kept.view, name) == getattr(made.view, name)
    for ours, whole in zip(kept.view.features, made.view.features, strict=True):
        assert ours.body == whole.body
        assert ours.feature.slug == whole.feature.slug
        assert ours.source.also == whole.source.also
    with pytest.raises(Incomplete):
        _ = kept.view.notes
