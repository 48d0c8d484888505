"""
A newsletter as the bytes of a mail: headers, plain text, HTML.

Pure. Two runs give the same bytes: date, Message-ID and the boundary between the parts
follow from the issue.

Source: RFC 5322, RFC 2046 section 5.1.4
"""

from __future__ import annotations

import email.policy
import hashlib
from email.message import EmailMessage
from email.utils import format_datetime

from ..types import Message


def to_bytes(message: Message) -> bytes:
    """The message without a recipient: who sends it adds one."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = message.sender
    mail["Subject"] = " ".join(message.subject.split())
    if message.date:
        mail["Date"] = format_datetime(message.date)
    if message.message_id:
        mail["Message-ID"] = message.message_id
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    digest = hashlib.sha256(f"{message.message_id}\0{message.text}\0{message.html}".encode())
    mail.set_boundary(f"part-{digest.hexdigest()[:32]}")
    return bytes(mail)
