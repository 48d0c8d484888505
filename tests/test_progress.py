"""Progress: a bar where somebody looks, plain lines in a log, nothing that a log obeys."""

from __future__ import annotations

import io

import pytest

from digest.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def steps(progress: Progress) -> None:
    progress.step(3, "feeds", detail="a: 2 new")
    progress.step(3, "feeds", warning="b: gone")
    progress.step(3, "feeds", detail="c: 0 new")


def test_a_log_gets_lines() -> None:
    """Outside a terminal: warnings and one line at the end, no control characters."""
    stream = io.StringIO()
    steps(Progress(stream))
    assert stream.getvalue() == "b: gone\n3 of 3 feeds\n"


def test_the_verbose_get_a_line_for_each() -> None:
    """With -v what went well has a line, too."""
    stream = io.StringIO()
    steps(Progress(stream, verbose=True))
    assert stream.getvalue().splitlines() == ["a: 2 new", "b: gone", "c: 0 new", "3 of 3 feeds"]


def test_the_quiet_get_warnings() -> None:
    """With -q only what went wrong is told, on a terminal too."""
    for stream in (io.StringIO(), Terminal()):
        progress = Progress(stream, quiet=True)
        steps(progress)
        progress.say("a remark")
        assert stream.getvalue() == "b: gone\n"


def test_a_terminal_gets_a_bar() -> None:
    """A bar is drawn over itself and is gone at the end; a warning stays above it."""
    stream = Terminal()
    steps(Progress(stream))
    shown = stream.getvalue()
    assert "1/3 feeds" in shown
    assert "3/3 feeds" in shown
    assert shown.endswith("\r\x1b[K")
    assert "b: gone\n" in shown


def test_counting_begins_again() -> None:
    """The next thing that is counted starts at one."""
    stream = io.StringIO()
    progress = Progress(stream)
    steps(progress)
    progress.step(2, "pages")
    progress.step(2, "pages")
    assert stream.getvalue().endswith("2 of 2 pages\n")


@pytest.mark.parametrize("text", ["::set-output name=x::y", "a\x1b[31mred", "two\nlines"])
def test_a_log_is_not_told_what_to_do(text: str) -> None:
    """A feed's words can neither command a log's reader, nor a terminal, nor forge a line."""
    stream = io.StringIO()
    Progress(stream).line(text)
    (line,) = stream.getvalue().splitlines()
    assert not line.startswith("::")
    assert "\x1b" not in line
