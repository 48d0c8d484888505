"""The mail as bytes: what a mail program reads, the same each time."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from digest.publish.message import recipient_hash, to_bytes
from digest.types import Message
from tests.publish import letters
from tests.publish.folders import write_mail

MESSAGE = Message(
    name="systems-2026-05-02",
    subject="Schnelle Uhren – and slow lines",
    html="<p>Grüße</p>\n",
    text="Grüße\n" + "long " * 300 + "\n",
    sender='"Small, Sure" <newsletter@small.example>',
    date=dt.datetime(2026, 5, 2, 5, tzinfo=dt.UTC),
    message_id="<systems-2026-05-02.digest@small.example>",
)


def parsed(body: bytes) -> EmailMessage:
    mail = email.message_from_bytes(body, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_mail_program_reads_what_was_meant() -> None:
    mail = parsed(to_bytes(MESSAGE))
    assert not mail.defects
    assert mail["Subject"] == MESSAGE.subject
    assert mail["From"].addresses[0].display_name == "Small, Sure"
    assert mail["Date"].datetime == MESSAGE.date
    assert mail["Message-ID"] == MESSAGE.message_id
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == MESSAGE.text.splitlines()
    assert html.get_content().splitlines() == MESSAGE.html.splitlines()


def test_the_same_message_is_the_same_bytes() -> None:
    """No clock and no chance: the boundary too is made from the content."""
    assert to_bytes(MESSAGE) == to_bytes(MESSAGE)


def test_lines_are_short_and_end_as_mail_wants() -> None:
    lines = to_bytes(MESSAGE).split(b"\r\n")
    assert all(len(line) <= 998 and b"\n" not in line for line in lines)


def test_each_message_is_three_files(tmp_path: Path) -> None:
    write_mail([MESSAGE], tmp_path / "mail")
    names = sorted(path.name for path in (tmp_path / "mail").glob("[!.]*"))
    assert names == [f"systems-2026-05-02.{end}" for end in ("eml", "html", "txt")]
    assert (tmp_path / "mail/systems-2026-05-02.txt").read_text("utf-8") == MESSAGE.text


def test_without_a_recipient_the_way_out_keeps_its_places() -> None:
    """What lies in mail/ names nobody."""
    mail = parsed(to_bytes(letters.MESSAGE))
    assert mail["To"] is None
    assert mail["List-Unsubscribe"] is None
    body = mail.get_body(("plain",))
    assert body is not None
    assert letters.WAY_OUT in body.get_content()


def test_one_list_cannot_be_laid_on_another() -> None:
    """The same reader is another hash in another issue; letters' case makes no difference."""
    hashed = recipient_hash("a/2026-05-02", "Ada@x.example")
    assert hashed == recipient_hash("a/2026-05-02", "ada@x.example")
    assert hashed != recipient_hash("a/2026-05-03", "ada@x.example")
