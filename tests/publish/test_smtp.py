"""SMTP against a real server: who gets what, and what is known where a connection breaks."""

from __future__ import annotations

import hashlib
import hmac
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digest.errors import ConfigError, PublishError
from digest.publish.message import recipient_hash
from digest.publish.smtp import RETRY_PAUSES_S, SmtpMailer
from digest.settings import Newsletter, Smtp
from tests.publish.letters import MESSAGE, Book
from tests.publish.mail_server import PASSWORD, USER, Post, certificate, mail_server

KEY = "secret"
ENVIRON = {"DIGEST_UNSUBSCRIBE_KEY": KEY, "MAIL_USER": USER, "MAIL_PASSWORD": PASSWORD}
LOGIN = {"user_env": "MAIL_USER", "password_env": "MAIL_PASSWORD"}


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def port(post: Post) -> Iterator[int]:
    with mail_server(post) as port:
        yield port


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    return certificate(tmp_path_factory.mktemp("tls"))


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


def mailer(
    folder: Path,
    port: int,
    people: list[str],
    clock: Clock | None = None,
    **smtp: Any,
) -> SmtpMailer:
    clock = clock or Clock()
    (folder / "subscribers.csv").write_text("email\n" + "\n".join(people) + "\n")
    options: dict[str, Any] = {"security": "none", "host": "127.0.0.1", "per_second": 1000.0} | smtp
    settings = Newsletter(via="smtp", smtp=Smtp(port=port, **options))
    return SmtpMailer(settings, ENVIRON, folder, sleep=clock.sleep, clock=lambda: clock.now)


def hash_of(address: str) -> str:
    return recipient_hash(MESSAGE.issue, address)


def people(number: int) -> list[str]:
    return [f"reader{n}@mail.example" for n in range(number)]


def test_each_gets_a_message_of_their_own(post: Post, port: int, tmp_path: Path) -> None:
    """One recipient a message, with a way out of their own, signed, and one click away."""
    book = Book()
    mailer(tmp_path, port, ["ada@mail.example", "bob+x@mail.example"]).send(MESSAGE, "", book)
    assert post.addresses() == ["ada@mail.example", "bob+x@mail.example"]
    for address, mail in zip(post.addresses(), post.parsed(), strict=True):
        assert not mail.defects
        assert mail["To"] == address
        assert mail["Reply-To"] == "ada@small.example"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        url = mail["List-Unsubscribe"].strip("<>")
        query = parse_qs(urlsplit(url).query)
        sign = hmac.new(KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
        assert query == {"who": [address], "sign": [sign]}
        for kind in ("plain", "html"):
            part = mail.get_body((kind,))
            assert part is not None
            said = part.get_content().replace("&amp;", "&")
            assert url in said
            assert "{email}" not in said
    identities = [mail["Message-ID"] for mail in post.parsed()]
    assert len(set(identities)) == 2
    assert [state for _, state, _ in book.steps] == ["sending", "sent"] * 2
    assert post.connections == 1


def test_the_same_message_has_the_same_identity(post: Post, port: int, tmp_path: Path) -> None:
    """So that a mailbox can tell a second copy; a test has another, and hides nothing."""
    for _ in range(2):
        mailer(tmp_path, port, ["ada@mail.example"]).send(MESSAGE, "", Book())
    mailer(tmp_path, port, []).test(MESSAGE, "", "ada@mail.example")
    first, second, test = (mail["Message-ID"] for mail in post.parsed())
    assert first == second != test


def test_who_is_known_is_left_alone(post: Post, port: int, tmp_path: Path) -> None:
    """Only who was not tried, or was refused for now, is sent to."""
    states = {"a": "sent", "b": "unknown", "c": "refused", "d": "sending", "e": "later"}
    book = Book({hash_of(f"{name}@mail.example"): s for name, s in states.items()})  # type: ignore[misc]
    everybody = [f"{name}@mail.example" for name in "abcdef"]
    mailer(tmp_path, port, everybody).send(MESSAGE, "", book)
    assert post.addresses() == ["e@mail.example", "f@mail.example"]


def test_a_thousand_readers_and_their_faults(post: Post, port: int, tmp_path: Path) -> None:
    """5% refused for now, 2% for good: the first are tried again, the others are not."""
    everybody = people(1000)
    tempted, gone = set(everybody[::20]), set(everybody[7::50])
    tries: Counter[str] = Counter()

    def answer(step: str, address: str) -> str | None:
        if step != "RCPT":
            return None
        tries[address] += 1
        if address in gone:
            return f"550 5.1.1 <{address}>: no such user"
        if address in tempted and tries[address] < 3:
            return "451 4.7.1 greylisted, try again"
        return None

    post.before = answer
    book, clock = Book(), Clock()
    mailer(tmp_path, port, everybody, clock).send(MESSAGE, "", book)
    assert len(tempted) == 50
    assert len(gone) == 20
    assert sorted(post.addresses()) == sorted(set(everybody) - gone)
    assert Counter(book.states.values()) == {"sent": 980, "refused": 20}
    assert all(tries[address] == 1 for address in gone)
    assert all(tries[address] == 3 for address in tempted)
    assert all(pause in clock.slept for pause in RETRY_PAUSES_S)
    assert not any("@" in words for _, _, words in book.steps)


def test_a_lost_reply_is_unknown_and_not_sent_again(post: Post, port: int, tmp_path: Path) -> None:
    """The text was handed over and the line went dead: it may have arrived. The rest goes on."""
    everybody = people(4)
    post.lose_reply_to = {everybody[1]}
    book = Book()
    mailer(tmp_path, port, everybody).send(MESSAGE, "", book)
    assert book.states[hash_of(everybody[1])] == "unknown"
    assert Counter(book.states.values()) == {"sent": 3, "unknown": 1}
    post.lose_reply_to = set()
    mailer(tmp_path, port, everybody).send(MESSAGE, "", book)
    assert Counter(post.addresses()) == dict.fromkeys(everybody, 1)


@pytest.mark.parametrize(
    ("step", "reply", "state"),
    [
        ("RCPT", "450 busy", "later"),
        ("RCPT", "552 mailbox full", "refused"),
        ("RCPT", "421 closing", "later"),
        ("DATA", "451 scanner down", "later"),
        ("DATA", "554 looks like spam", "refused"),
        ("MAIL", "451 too many", "later"),
    ],
)
def test_a_refusal_is_no_riddle(
    post: Post, port: int, tmp_path: Path, step: str, reply: str, state: str
) -> None:
    """A reply says what happened, wherever it comes; the next recipient is served all the same."""
    first, second = people(2)
    seen: list[str] = []

    def answer(at: str, address: str) -> str | None:
        seen.append(at)
        is_first = seen.count(step) <= (1 if state == "refused" else len(RETRY_PAUSES_S) + 1)
        if step == "MAIL":
            return reply if at == "MAIL" and seen.count("MAIL") == 1 else None
        return reply if at == step and address == first and is_first else None

    post.before = answer
    book = Book()
    mailer(tmp_path, port, [first, second]).send(MESSAGE, "", book)
    reached = [found for who, found, _ in book.steps if who == hash_of(first)]
    assert reached[1] == state
    assert book.states[hash_of(second)] == "sent"


def test_a_sender_that_is_refused_ends_the_run(post: Post, port: int, tmp_path: Path) -> None:
    """It is nobody's address that is wrong: nobody is written off for it."""
    post.before = lambda step, address: "550 not yours" if step == "MAIL" else None
    book = Book()
    with pytest.raises(PublishError, match=r"refuses the sender.*not yours"):
        mailer(tmp_path, port, people(3)).send(MESSAGE, "", book)
    assert book.states == {hash_of(people(1)[0]): "later"}


def test_no_server_is_an_error_and_no_attempt(tmp_path: Path) -> None:
    """Nothing is written down of anybody while there is no connection."""
    with mail_server(Post()) as port:
        pass
    book = Book()
    with pytest.raises(PublishError, match="no connection"):
        mailer(tmp_path, port, people(2)).send(MESSAGE, "", book)
    assert book.steps == []


def test_the_pace_is_kept(post: Post, port: int, tmp_path: Path) -> None:
    """Four messages at two a second take a second and a half."""
    clock = Clock()
    mailer(tmp_path, port, people(4), clock, per_second=2.0).send(MESSAGE, "", Book())
    assert clock.now == pytest.approx(1.5)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it is TLS already
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_tls_and_login(
    post: Post,
    tmp_path: Path,
    tls: tuple[Path, ssl.SSLContext],
    monkeypatch: pytest.MonkeyPatch,
    security: str,
) -> None:
    """A certificate that is trusted for the name, then user and password, then mail."""
    trusted, context = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(post, tls=context, starttls=security == "starttls", login=True) as port:
        way: dict[str, Any] = {"host": "localhost", "security": security} | LOGIN
        mailer(tmp_path, port, people(1), None, **way).send(MESSAGE, "", Book())
        assert post.addresses() == people(1)
        monkeypatch.setitem(ENVIRON, "MAIL_PASSWORD", "wrong")
        with pytest.raises(PublishError, match="no connection: 535"):
            mailer(tmp_path, port, people(1), None, **way).send(MESSAGE, "", Book())


def test_a_certificate_that_nobody_trusts_is_refused(
    post: Post, tmp_path: Path, tls: tuple[Path, ssl.SSLContext]
) -> None:
    """Neither password nor mail goes to a server that cannot say who it is."""
    with mail_server(post, tls=tls[1], starttls=True, login=True) as port:
        way = {"host": "localhost", "security": "starttls"} | LOGIN
        with pytest.raises(PublishError, match="certificate verify failed"):
            mailer(tmp_path, port, people(1), None, **way).send(MESSAGE, "", Book())
    assert post.mails == []


def test_a_server_without_starttls_gets_nothing(post: Post, port: int, tmp_path: Path) -> None:
    """A man in the middle cannot talk us out of it."""
    with pytest.raises(PublishError, match="STARTTLS"):
        mailer(tmp_path, port, people(1), security="starttls").send(MESSAGE, "", Book())
    assert post.mails == []


def test_a_secret_that_is_not_there_is_named(post: Post, port: int, tmp_path: Path) -> None:
    """The message names the variable and never its value."""
    way = {"user_env": "NOT_SET", "password_env": "MAIL_PASSWORD"}
    with pytest.raises(ConfigError, match="NOT_SET"):
        mailer(tmp_path, port, people(1), None, **way).send(MESSAGE, "", Book())
    sender = mailer(tmp_path, port, people(1))
    sender._environ = {}
    with pytest.raises(ConfigError, match="DIGEST_UNSUBSCRIBE_KEY"):
        sender.send(MESSAGE, "", Book())


def test_only_our_own_way_out_is_filled_in(post: Post, port: int, tmp_path: Path) -> None:
    """A feed that writes the template into its text does not get a reader's address."""
    stolen = replace(MESSAGE, text=f"Look: {MESSAGE.unsubscribe}\n\n{MESSAGE.text}")
    mailer(tmp_path, port, ["ada@mail.example"]).send(stolen, "", Book())
    part = post.parsed()[0].get_body(("plain",))
    assert part is not None
    look, ours = part.get_content().replace("\r\n", "\n").split("\n\n", 1)
    assert "ada" not in look
    assert re.search(r"who=ada%40mail\.example&sign=[0-9a-f]{64}", ours)
