"""Who gets it: a file or a program; wrong lines are named by number, never by what they hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digest.errors import PublishError
from digest.publish.message import is_address
from digest.publish.recipients import parse_recipients, read_recipients
from digest.settings import Newsletter


@pytest.mark.parametrize(
    "text",
    [
        "a@x.example\nb@x.example\n",
        "Email\na@x.example\nb@x.example\n",
        'name,EMAIL,since\n"Ada, A.",a@x.example,2024\nBob, b@x.example ,2025\n',
        "# of May\n\na@x.example\r\nb@x.example",
    ],
)
def test_lists_as_people_have_them(text: str) -> None:
    """With a head or without, with other columns, comments and empty lines."""
    assert parse_recipients(text).addresses == ("a@x.example", "b@x.example")


def test_wrong_and_doubled_lines_are_counted() -> None:
    found = parse_recipients("email,n\na@x.example,1\nnobody,2\nA@X.example,3\n,4\nb@x.example\n")
    assert found.addresses == ("a@x.example", "b@x.example")
    assert found.wrong == (3, 5)
    assert found.doubled == 1


@pytest.mark.parametrize(
    "text",
    ["a@x.example", "a.b+c@mail.x.example", "o'neil@x.example", f"{'a' * 64}@x.example"],
)
def test_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "@x.example", "a@", "a@localhost", "a b@x.example", "a@x.example,b@x.example",
        "A <a@x.example>", "a@x.example\nBcc: b@x.example", "a@x.example\r", "a@x..example",
        "ä@x.example", "a@x.example>", f"{'a' * 65}@x.example", "a\x00@x.example",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    """A line break, a second address or a name would be a header of its own."""
    assert not is_address(text)


def test_the_output_of_a_program(tmp_path: Path) -> None:
    """It runs in the site's folder, without a shell."""
    (tmp_path / "who.txt").write_text("a@x.example\n")
    command = (sys.executable, "-c", "print(open('who.txt').read())", "$HOME; echo")
    found = read_recipients(Newsletter(list_command=command), tmp_path)
    assert found.addresses == ("a@x.example",)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Newsletter(), "subscribers.csv"),
        (Newsletter(list_command=("/no/such/program",)), "No such file"),
        (Newsletter(list_command=(sys.executable, "-c", "raise SystemExit(3)")), "status 3"),
    ],
)
def test_no_list_is_an_error(settings: Newsletter, words: str, tmp_path: Path) -> None:
    """Half a list, from a program that failed, is none."""
    with pytest.raises(PublishError, match=words):
        read_recipients(settings, tmp_path)
