"""A template gives what Jinja's own program gives, whatever its values are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from markupsafe import Markup

from digest.errors import PublishError
from digest.render import environment, messages, pages, template_errors
from digest.render.output import finalize
from digest.render.programs import Environment
from tests.render.small_site import CONFIG, PUBLICATION

PARTS = (
    "{% macro day(d) %}<t>{{ d.isoformat() }}</t>{% endmacro %}"
    "{% macro two(a, b=2) %}<{{ a }}|{{ b }}>{% endmacro %}"
)
MANY = (
    "{% import 'parts.html' as parts %}"
    "{% macro m(a, b=2) %}<{{ a }}|{{ b }}>{% endmacro %}"
    "{% macro n(a) %}<{{ a }}|{{ caller() }}>{% endmacro %}"
    "{% set s %}[{{ value }}]{% endset %}{{ s }}{{ m(value) }}{{ m(value, b=s) }}"
    "{% call n(1) %}{{ value }}{% endcall %}{{ value | upper | safe }}"
    "{% for x in [value, none, 3, true] %}{{ loop.index }}{{ x }}{{ m(x) }} {{ parts.two(x) }}"
    "{{ parts.two(b=x, a=value) }}{% endfor %}"
    "{% autoescape false %}{{ value }}{{ m(value) }}{{ parts.day(one) }}{% endautoescape %}"
    "{{ words('note', 3) }}{{ words('tldr') }}{{ words(name) }}{{ value ~ s }}{{ f(value) }}"
    "{{ words('source', name=value) }}{{ words(**{'n': 2, 'name': 1}) if false }}"
    "{{ parts.day(one) }}{{ parts.day(one) }}{{ parts.day(other) }}{{ one.isoformat() }}"
    "{{ box.inner.value }}{{ box.class is defined }}{{ box.no is defined }}"
    "{{ box.no | default(7) }}{{ box.inner.value is defined }}{{ 'a' if box.inner }}"
    "{{ [box] | map(attribute='word') | list }}"
    "{{ words.choice('claim_kinds', 'own') }}{{ 3.25.is_integer() }}{{ value.upper() }}"
)
VALUES = ("a", "<b>", Markup("<i>"), "x\x00\u202ey", "'\"&")


def both(folder: Path, **templates: str) -> tuple[Environment, jinja2.Environment]:
    """Our environment and Jinja's, with the same templates and words."""
    for name, text in {"parts": PARTS, **templates}.items():
        (folder / f"{name}.html").write_text(text)
    ours = environment(folder)
    plain = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    plain.globals["words"] = ours.globals["words"]
    assert isinstance(ours, Environment)
    return ours, plain


def given(value: object) -> dict[str, object]:
    inner = SimpleNamespace(value=value)
    return {
        "value": value,
        "name": "tldr",
        "one": dt.date(2026, 4, 1),
        "other": dt.datetime(2026, 4, 1, 5, tzinfo=dt.UTC),
        "f": lambda text: f"<{text}>",
        "box": SimpleNamespace(inner=inner, word=value, **{"class": 1}),
    }


def test_a_template_means_what_it_means_to_jinja(tmp_path: Path) -> None:
    """Macros, calls, sets, filters, attributes and unescaped text, with values of all kinds."""
    ours, plain = both(tmp_path, many=MANY)
    for value in VALUES:
        made = ours.get_template("many.html").render(given(value))
        assert made == plain.get_template("many.html").render(given(value))
    assert not ours.failed


@pytest.mark.parametrize(
    "text",
    [
        "{{ box.word }}",  # a mapping
        "{{ one }} {{ fresh(one) }}",
        "{% set words = {'tldr': 'x'} %}{{ words.tldr }}",
        "{% macro words(a) %}<{{ a }}>{% endmacro %}{{ words('tldr') }}{{ words(1, ) }}",
        "{{ parts.two(1) if parts is defined }}",
        "{{ loop }}",
    ],
)
def test_what_is_not_as_usual_is_left_to_jinja(tmp_path: Path, text: str) -> None:
    """Mappings, values that ask for the context, other things in the place of words."""

    @jinja2.pass_context
    def fresh(context: jinja2.runtime.Context, value: object) -> str:
        return f"{value} {sorted(context.vars)}"

    ours, plain = both(tmp_path, odd=f"{{% import 'parts.html' as parts %}}{text}")
    values = given("<b>") | {"box": {"word": "<w>"}, "fresh": fresh, "loop": Markup("<l>")}
    for _ in range(2):
        made = ours.get_template("odd.html").render(values)
        assert made == plain.get_template("odd.html").render(values)


def test_a_mistake_is_told_in_its_place(tmp_path: Path) -> None:
    """The words and the line are Jinja's, in the template itself and in one that it takes."""
    both(tmp_path, wrong="a\n{{ box.no }}", outer="\n\n{% include 'wrong.html' %}")
    for name, line in (("wrong", "wrong.html:2"), ("outer", "wrong.html:2")):
        with pytest.raises(PublishError, match=f"{line}.*has no attribute 'no'"):  # noqa: SIM117
            with template_errors():
                environment(tmp_path).get_template(f"{name}.html").render(given("a"))


def test_the_site_needs_no_other_programs() -> None:
    """Nothing in our own templates is left to Jinja's: it would only be slower, so nobody saw."""
    env = environment()
    list(pages(PUBLICATION, CONFIG, env, drafts=True, with_search=True))
    list(messages(PUBLICATION, CONFIG, env))
    assert isinstance(env, Environment)
    assert env.failed == set()


def test_templates_are_compiled_to_short_programs() -> None:
    """Jinja's own way gives the same, so nothing but this would tell that it is back."""
    env = environment()
    source = env.compile("{{ a }}{% set b %}{{ a.x }}{% endset %}{{ words('tldr') }}", raw=True)
    assert source.count("environment.shown(") == 3
    assert ").whole['tldr']" in source
    assert "environment.finalize(" not in source
    assert "environment.getattr(" not in source
