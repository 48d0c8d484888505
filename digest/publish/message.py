"""
A newsletter as the bytes of a mail: headers, plain text, HTML.

Pure. Two runs give the same bytes: date, Message-ID and the boundary between the parts
follow from the issue and the recipient.

Source: RFC 5322, RFC 2046 section 5.1.4, RFC 8058 (one-click unsubscribe)
"""

from __future__ import annotations

import email.policy
import hashlib
import hmac
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote

from markupsafe import escape

from ..types import Message, Page

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}"
)
"""Source: the HTML standard's "valid email address", with a dot in the domain."""


def mail_files(message: Message) -> Iterator[Page]:
    """A newsletter as files of the folder mail/: `<name>.html`, `<name>.txt`, `<name>.eml`."""
    yield Page(f"{message.name}.html", message.html.encode())
    yield Page(f"{message.name}.txt", message.text.encode())
    yield Page(f"{message.name}.eml", to_bytes(message))


def to_bytes(message: Message, to: str = "", *, key: str = "", test: bool = False) -> bytes:
    """
    The message as mail.

    Args:
        message: What to send.
        to: The recipient's address; without one the mail has none, and its unsubscribe
            address keeps its places.
        key: Secret of the signature in the unsubscribe address.
        test: A trial, with an identity of its own, so that it never hides the real one.
    """
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = message.sender
    if to:
        mail["To"] = to
    if message.reply_to:
        mail["Reply-To"] = message.reply_to
    mail["Subject"] = " ".join(message.subject.split())
    if message.date:
        mail["Date"] = format_datetime(message.date)
    if message.message_id:
        mail["Message-ID"] = _identity(message, to, test=test)
    text, html = message.text, message.html
    if to and "{email}" in message.unsubscribe:
        way_out = unsubscribe_url(message.unsubscribe, to, key)
        mail["List-Unsubscribe"] = f"<{way_out}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        text = _replace_last(text, message.unsubscribe, way_out)
        html = _replace_last(html, str(escape(message.unsubscribe)), str(escape(way_out)))
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    digest = hashlib.sha256(f"{message.message_id}\0{text}\0{html}".encode())
    mail.set_boundary(f"part-{digest.hexdigest()[:32]}")
    return bytes(mail)


def content_hash(message: Message) -> str:
    """What a reader gets, as a hash: two messages with the same one need no second look."""
    said = (message.subject, message.sender, message.html, message.text)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def recipient_hash(issue: str, address: str) -> str:
    """
    A recipient of one issue, as ledgers know them.

    The issue is hashed too, so that two issues' lists cannot be laid side by side.
    """
    return hashlib.sha256(f"{issue}\0{address.lower()}".encode()).hexdigest()[:32]


def unsubscribe_url(template: str, address: str, key: str) -> str:
    """
    A recipient's own way out.

    Args:
        template: With the places {email} and {signature}.
        address: The recipient's.
        key: Secret; the signature is HMAC-SHA256 of the address in lower case, in hex.
    """
    signature = hmac.new(key.encode(), address.lower().encode(), hashlib.sha256).hexdigest()
    filled = template.replace("{email}", quote(address, safe=""))
    return filled.replace("{signature}", signature)


def is_address(text: str) -> bool:
    """Whether this is one address that a mail server can take: no name, no list, no control."""
    local, _, domain = text.rpartition("@")
    found = _ADDRESS.fullmatch(f"{local}@{domain.lower()}")
    return found is not None and len(text) <= 254 and ".." not in text


def _identity(message: Message, to: str, *, test: bool) -> str:
    if not to:
        return message.message_id
    local, _, host = message.message_id.strip("<>").partition("@")
    mark = "test-" + content_hash(message)[:8] if test else ""
    parts = [local, recipient_hash(message.issue, to)[:12], *filter(None, [mark])]
    return f"<{'.'.join(parts)}@{host}>"


def _replace_last(text: str, old: str, new: str) -> str:
    """Ours is the last one; what stands above it may be anybody's words."""
    before, found, after = text.rpartition(old)
    return before + new + after if found else text
