"""
A real mail server on loopback (aiosmtpd), with the faults that servers have, and its TLS.

What it has taken stands in `Post.mails`; `Post.plan` says how it answers a recipient.
"""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "news", "correct horse"
OK = "250 OK"


class Post:
    """The handler: takes mail, or does not."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        """Recipient and mail, as they were accepted."""
        self.connections = 0
        self.before: Callable[[str, str], str | None] = lambda step, address: None
        """Asked at each step ("MAIL", "RCPT", "DATA") for a reply that is no 250."""
        self.lose_reply_to: set[str] = set()
        """Recipients whose mail is taken, and whose reply never comes."""

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: Any
    ) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.before("MAIL", address)
        if answer is None:
            envelope.mail_from = address
        return answer or OK

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.before("RCPT", address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        answer = self.before("DATA", address)
        if answer is not None:
            return answer
        assert isinstance(envelope.content, bytes)
        self.mails.append((address, envelope.content))
        if address in self.lose_reply_to:
            transport: Any = server.transport
            transport.abort()
        return OK

    def addresses(self) -> list[str]:
        return [address for address, _ in self.mails]

    def parsed(self) -> list[EmailMessage]:
        return [email.message_from_bytes(m, policy=email.policy.default) for _, m in self.mails]


class _AnyPort(Controller):
    """At a port that the system chooses, which the base class would not find itself at."""

    @property
    def chosen_port(self) -> int:
        server: Any = self.server
        return int(server.sockets[0].getsockname()[1])

    def _trigger_server(self) -> None:
        """It is made at the first connection; a wrong one will do."""
        socket.create_connection(("127.0.0.1", self.chosen_port)).close()


@contextmanager
def mail_server(
    post: Post, *, tls: ssl.SSLContext | None = None, starttls: bool = False, login: bool = False
) -> Iterator[int]:
    """A server in a thread; the port that it listens at."""
    options: dict[str, Any] = {}
    if login:
        options = {
            "auth_required": True,
            "auth_require_tls": starttls,  # it does not count TLS from the first byte
            "authenticator": _authenticate,
        }
    if tls is not None and starttls:
        options |= {"tls_context": tls, "require_starttls": True}
    controller = _AnyPort(
        post,
        hostname="127.0.0.1",
        port=0,
        ssl_context=None if starttls else tls,
        **options,
    )
    controller.start()
    try:
        yield controller.chosen_port
    finally:
        controller.stop()


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == wanted, handled=data == wanted)


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for localhost that signs itself, and a server's context with it."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return certificate, context
