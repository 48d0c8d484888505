"""
The newsletter by SMTP: one message for each recipient, through any provider's mail server.

Touches the network and the disk. Each recipient is written down before their message leaves
and after the server has answered. Once the text has been handed over, a lost answer means
"unknown": plain SMTP has no way to ask, so such a message is never sent again by itself.

Source: RFC 5321 section 4.2 (replies), section 4.5.3.2.6 (the answer to the end of data)
"""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import parseaddr
from pathlib import Path

from ..errors import ConfigError, PublishError
from ..settings import Newsletter
from ..types import Message, RecipientState, Remote
from .base import Ledger, secret
from .message import recipient_hash, to_bytes
from .recipients import Recipients, read_recipients

TIMEOUT_S = 60
RETRY_PAUSES_S = (0.0, 30.0, 120.0)
"""Rounds: everybody, then twice those who were refused for now."""
LOST_IN_A_ROW = 5
"""So many connections that break one after the other end the run."""

Reply = tuple[RecipientState, str]


class SmtpMailer:
    """
    Args:
        settings: The key `newsletter` of feeds.yaml.
        environ: Holds the secrets.
        folder: The site's.
        sleep: Waits for so many seconds.
        clock: Seconds that only grow.
    """

    name = "smtp"

    def __init__(
        self,
        settings: Newsletter,
        environ: Mapping[str, str],
        folder: Path,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._environ, self._folder = settings, environ, folder
        self._sleep, self._clock = sleep, clock
        self._client: smtplib.SMTP | None = None
        self._next_at = clock()
        self._lost = 0

    def recipients(self) -> Recipients:
        """The list of feeds.yaml."""
        return read_recipients(self._settings, self._folder)

    def status(self, message: Message, remote_id: str = "") -> Remote | None:
        """Nothing: a mail server answers no questions. The ledger is all there is."""
        return None

    def upsert_draft(self, message: Message, remote_id: str = "") -> str:
        """The message's own identity: nothing is laid down anywhere."""
        return message.message_id

    def send(self, message: Message, remote_id: str, ledger: Ledger) -> None:
        """Send to each recipient whom the ledger does not know, or knows as refused for now."""
        key = self._key(message)
        waiting = [
            address
            for address in self.recipients().addresses
            if ledger.state(recipient_hash(message.issue, address)) in {None, "later"}
        ]
        try:
            for pause_s in RETRY_PAUSES_S:
                if not waiting:
                    break
                self._sleep(pause_s)
                waiting = self._round(waiting, message, key, ledger)
        finally:
            self._close()

    def test(self, message: Message, remote_id: str, address: str) -> None:
        """Send to one address; no ledger knows of it."""
        try:
            mail = to_bytes(message, address, key=self._key(message), test=True)
            state, words = self._deliver(self._connected(), message, address, mail)
        finally:
            self._close()
        if state != "sent":
            raise PublishError(self._settings.smtp.host, f"the test was not taken: {words}")

    def _key(self, message: Message) -> str:
        if "{signature}" not in message.unsubscribe:
            return ""
        name = self._settings.unsubscribe_key_env
        return secret(self._environ, name, "the key that signs unsubscribe addresses")

    def _round(
        self, waiting: Sequence[str], message: Message, key: str, ledger: Ledger
    ) -> list[str]:
        """Try everybody once; returns who was refused for now."""
        later = []
        for address in waiting:
            client = self._connected()
            self._keep_pace()
            mail = to_bytes(message, address, key=key)
            recipient = recipient_hash(message.issue, address)
            ledger.record(recipient, "sending")
            try:
                state, words = self._deliver(client, message, address, mail)
            except PublishError:
                ledger.record(recipient, "later", "the server refuses the sender")
                raise
            ledger.record(recipient, state, words)
            if state == "later":
                later.append(address)
        return later

    def _deliver(self, client: smtplib.SMTP, message: Message, address: str, mail: bytes) -> Reply:
        """One message over an open connection, and what came of it."""
        is_handed_over = False
        try:
            code, words = client.mail(parseaddr(message.sender)[1])
            if code >= 500:
                raise PublishError(
                    self._settings.smtp.host,
                    f"refuses the sender: {code} {_shown(words)}; expected to take `from:`",
                )
            if code < 400:
                code, words = client.rcpt(address)
            if code < 400:
                is_handed_over = True
                code, words = client.data(mail)
        except smtplib.SMTPDataError as exc:  # it did not want to hear the text
            code, words = exc.smtp_code, _bytes(exc.smtp_error)
        except (smtplib.SMTPException, OSError) as exc:
            return self._broken("unknown" if is_handed_over else "later", exc)
        self._lost = 0
        if code >= 400:
            self._reset(client, code)
        state: RecipientState = "sent" if code < 400 else "later" if code < 500 else "refused"
        return state, "" if state == "sent" else f"{code} {_shown(words)}"

    def _broken(self, state: RecipientState, exc: Exception) -> Reply:
        if self._client is not None:
            self._client.close()
            self._client = None
        self._lost += 1
        return state, f"the connection broke off ({type(exc).__name__})"

    def _reset(self, client: smtplib.SMTP, code: int) -> None:
        """Ready for the next recipient; 421 says that the server hangs up."""
        try:
            if code == 421:
                self._close()
            else:
                client.rset()
        except (smtplib.SMTPException, OSError):
            self._close()

    def _keep_pace(self) -> None:
        now = self._clock()
        if now < self._next_at:
            self._sleep(self._next_at - now)
        self._next_at = max(now, self._next_at) + 1 / self._settings.smtp.per_second

    def _connected(self) -> smtplib.SMTP:
        """The open connection, or a new one, logged in."""
        if self._client is None:
            if self._lost >= LOST_IN_A_ROW:
                raise PublishError(
                    self._settings.smtp.host, f"broke off {self._lost} times in a row"
                )
            try:
                self._client = self._connect()
            except (smtplib.SMTPException, OSError) as exc:
                host = f"{self._settings.smtp.host}:{self._settings.smtp.port}"
                raise PublishError(host, f"no connection: {_reason(exc)}") from exc
        return self._client

    def _connect(self) -> smtplib.SMTP:
        smtp = self._settings.smtp
        user, password = self._login()
        context = ssl.create_default_context()
        client: smtplib.SMTP
        if smtp.security == "tls":
            client = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT_S, context=context)
        else:
            client = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_S)
        try:
            if smtp.security == "starttls":
                client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
            if user:
                client.login(user, password)
        except BaseException:
            client.close()
            raise
        return client

    def _login(self) -> tuple[str, str]:
        smtp = self._settings.smtp
        if not smtp.user_env:
            return "", ""
        if not smtp.password_env:
            raise ConfigError("newsletter.smtp.password_env", "is empty beside `user_env`")
        user = secret(self._environ, smtp.user_env, "the user of the mail server")
        return user, secret(self._environ, smtp.password_env, "the password of the mail server")

    def _close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except (smtplib.SMTPException, OSError):
                client.close()


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()


def _shown(words: bytes) -> str:
    """A server's words on one line, without the address that they may repeat."""
    line = " ".join(words.decode("utf-8", "replace").split())
    return re.sub(r"\S+@\S+", "…", line)[:160]


def _reason(exc: Exception) -> str:
    if isinstance(exc, smtplib.SMTPResponseException):
        return f"{exc.smtp_code} {_shown(_bytes(exc.smtp_error))}"
    return str(exc) or type(exc).__name__
