"""Every provider that keeps the list: the same promises, faults included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from digest.errors import ConfigError, PublishError
from digest.publish.api import TRIES
from digest.publish.base import Mailer, Unanswered
from digest.publish.buttondown import ButtondownMailer
from digest.publish.listmonk import ListmonkMailer
from digest.settings import Buttondown as ButtondownSettings
from digest.settings import Listmonk as ListmonkSettings
from digest.settings import Newsletter
from tests.publish.letters import MESSAGE, Book
from tests.publish.providers import Buttondown, Listmonk, Provider, serving

ENVIRON = {"BUTTONDOWN_API_KEY": "key", "LISTMONK_USER": "user", "LISTMONK_TOKEN": "token"}


@pytest.fixture(params=[Buttondown, Listmonk], ids=lambda kind: kind.__name__.lower())
def provider(request: pytest.FixtureRequest) -> Iterator[Provider]:
    with serving(request.param()) as running:
        yield running


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def mailer(provider: Provider, slept: list[float]) -> Mailer:
    return made(provider, ENVIRON, slept)


def made(provider: Provider, environ: dict[str, str], slept: list[float]) -> Mailer:
    if isinstance(provider, Buttondown):
        settings = Newsletter(buttondown=ButtondownSettings(url=provider.url))
        return ButtondownMailer(settings, environ, sleep=slept.append)
    settings = Newsletter(listmonk=ListmonkSettings(url=provider.url, lists=(3,), template=2))
    return ListmonkMailer(settings, environ, sleep=slept.append)


def test_a_draft_goes_out_once_it_is_sent(provider: Provider, mailer: Mailer) -> None:
    """Nothing leaves with the draft; all readers get it with the sending."""
    assert mailer.status(MESSAGE) is None
    id_ = mailer.upsert_draft(MESSAGE)
    assert provider.inbox == []
    assert mailer.status(MESSAGE, id_) == mailer.status(MESSAGE)
    mailer.send(MESSAGE, id_, Book())
    assert provider.inbox == [(who, MESSAGE.subject) for who in provider.readers]
    remote = mailer.status(MESSAGE)
    assert remote is not None
    assert (remote.id, remote.state) == (id_, "sent")


def test_a_draft_is_brought_up_to_date(provider: Provider, mailer: Mailer) -> None:
    """A second draft of one issue is the first one, changed."""
    id_ = mailer.upsert_draft(MESSAGE)
    assert mailer.upsert_draft(replace(MESSAGE, subject="Better"), id_) == id_
    assert [item["subject"] for item in provider.items.values()] == ["Better"]


def test_both_parts_and_the_headers_arrive(provider: Provider, mailer: Mailer) -> None:
    """What is laid down is what was rendered, under names that the documents have."""
    mailer.upsert_draft(MESSAGE)
    (item,) = provider.items.values()
    assert MESSAGE.html in item["body"]
    if isinstance(provider, Listmonk):
        assert item["altbody"] == MESSAGE.text
        assert item["lists"] == [3]
        assert item["template_id"] == 2
        assert item["content_type"] == "html"
        assert item["headers"] == [{"Reply-To": MESSAGE.reply_to}]
    else:
        assert item["body"].startswith("<!-- buttondown-editor-mode: plaintext -->")
        assert item["status"] == "draft"
        assert item["canonical_url"] == MESSAGE.url
        assert item["key"]


def test_a_test_goes_to_one_address(provider: Provider, mailer: Mailer) -> None:
    mailer.test(MESSAGE, mailer.upsert_draft(MESSAGE), "me@small.example")
    assert provider.tests == [("me@small.example", MESSAGE.subject)]
    assert provider.inbox == []


@pytest.mark.parametrize("fault", ["lost", "500 after"])
def test_what_may_have_been_done_is_not_repeated(
    provider: Provider, mailer: Mailer, fault: str
) -> None:
    """A lost reply and a 500 are told apart from a refusal, and the work is found by our key."""
    provider.faults = [("POST", "/", fault)]
    with pytest.raises(Unanswered):
        mailer.upsert_draft(MESSAGE)
    assert len(provider.items) == 1
    remote = mailer.status(MESSAGE)
    assert remote is not None
    assert remote.state == "draft"


def test_asking_is_repeated(provider: Provider, mailer: Mailer) -> None:
    """Looking up does no harm, so that a lost reply or two do not matter."""
    id_ = mailer.upsert_draft(MESSAGE)
    provider.faults = [("GET", "/", "lost"), ("GET", "/", 502)]
    remote = mailer.status(MESSAGE, id_)
    assert remote is not None
    assert remote.id == id_


def test_too_many_is_waited_for(provider: Provider, mailer: Mailer, slept: list[float]) -> None:
    """429 was not done: it is tried again when the provider says, and not for ever."""
    provider.faults = [("POST", "/", 429)] * 2
    mailer.upsert_draft(MESSAGE)
    assert slept == [7.0, 7.0]
    assert len(provider.items) == 1
    provider.faults = [("GET", "/", 429)] * TRIES
    with pytest.raises(PublishError, match="429"):
        mailer.status(MESSAGE)


def test_a_refusal_is_told_with_its_reason(provider: Provider, slept: list[float]) -> None:
    """A wrong key: who said no to what, and why; the key itself is in no message."""
    environ = dict.fromkeys(ENVIRON, "geheim")
    with pytest.raises(PublishError, match="refused POST") as caught:
        made(provider, environ, slept).upsert_draft(MESSAGE)
    assert "geheim" not in str(caught.value)


def test_a_key_that_is_not_there_is_named(provider: Provider) -> None:
    with pytest.raises(ConfigError, match="environment variable"):
        made(provider, {}, [])


def test_no_connection_is_no_riddle(slept: list[float]) -> None:
    """Nothing was sent, so that nothing is unknown."""
    with serving(Listmonk()) as gone:
        pass
    with pytest.raises(PublishError, match="no connection") as caught:
        made(gone, ENVIRON, slept).upsert_draft(MESSAGE)
    assert not isinstance(caught.value, Unanswered)


def test_an_issue_is_found_behind_many_others(provider: Provider, mailer: Mailer) -> None:
    """The newest are listed first, a page at a time; another issue's email is not taken for it."""
    id_ = mailer.upsert_draft(MESSAGE)
    for number in range(25):
        other = replace(MESSAGE, name=f"other-{number}", message_id=f"<other-{number}@x>")
        mailer.upsert_draft(replace(other, issue=f"other/{number}"))
    remote = mailer.status(MESSAGE)
    assert remote is not None
    assert remote.id == id_
    assert mailer.status(replace(MESSAGE, message_id="<unheard-of@x>")) is None


def test_what_was_cancelled_there_is_not_sent_by_us() -> None:
    """A state that we do not know, or that a person chose, is left to a person."""
    with serving(Listmonk()) as provider:
        mailer = made(provider, ENVIRON, [])
        provider.items[mailer.upsert_draft(MESSAGE)]["status"] = "cancelled"
        remote = mailer.status(MESSAGE)
        assert remote is not None
        assert remote.state == "unknown"


def test_no_link_is_made_to_count_clicks() -> None:
    """listmonk rewrites links that end in @TrackLink; a feed's words cannot ask for that."""
    with serving(Listmonk()) as provider:
        html = '<a href="https://a.example/@TrackLink">a</a>'
        made(provider, ENVIRON, []).upsert_draft(replace(MESSAGE, html=html, text=html))
        (item,) = provider.items.values()
        assert "@TrackLink" not in item["body"] + item["altbody"]


def test_no_redirect_is_followed(provider: Provider, mailer: Mailer) -> None:
    """A mailer speaks to the address of feeds.yaml and to no other."""
    provider.faults = [("POST", "/", 307)]
    with pytest.raises(PublishError, match="307"):
        mailer.upsert_draft(MESSAGE)
