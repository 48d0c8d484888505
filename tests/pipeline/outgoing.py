"""A site with two issues that may be sent, and what it takes to send them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from digest import content
from digest.pipeline.parcels import Parcel, pack
from digest.publish import MAILERS, Mailer
from digest.settings import Buttondown, Config, Digest, Listmonk, Newsletter, Smtp
from digest.store import FILE, Store
from tests.render.small_site import CONFIG, FIRST, ISSUE

ENVIRON = {
    "DIGEST_UNSUBSCRIBE_KEY": "secret",
    "BUTTONDOWN_API_KEY": "key",
    "LISTMONK_USER": "user",
    "LISTMONK_TOKEN": "token",
}
KEY = "systems/2026-05-02"
NOW = dt.datetime(2026, 5, 2, 6, tzinfo=dt.UTC)
READERS = ("ada@mail.example", "bob@mail.example", "eve@mail.example")


def make_site(folder: Path) -> Path:
    """content/ with two issues, a list of three readers."""
    for issue in (FIRST, ISSUE):
        content.write_issue(folder / "content", replace(issue, corrections=()))
    (folder / "subscribers.csv").write_text("\n".join(["email", *READERS]) + "\n")
    return folder


def by_smtp(port: int) -> Config:
    smtp = Smtp(host="127.0.0.1", port=port, security="none", per_second=1000.0)
    way_out = "https://small.example/off?who={email}&sign={signature}"
    newsletter = Newsletter(via="smtp", smtp=smtp, unsubscribe_url=way_out)
    return replace(
        CONFIG, digests=(Digest(slug="systems", title="Systems"),), newsletter=newsletter
    )


def by_provider(name: str, url: str) -> Config:
    newsletter = {
        "buttondown": Newsletter(via="buttondown", buttondown=Buttondown(url=url)),
        "listmonk": Newsletter(via="listmonk", listmonk=Listmonk(url=url, lists=(1,))),
    }[name]
    return replace(by_smtp(1), newsletter=newsletter)


def mailer_of(config: Config, site: Path) -> Mailer:
    return MAILERS[config.newsletter.via](config.newsletter, ENVIRON, site)


def packed(config: Config, store: Store, site: Path, mailer: Mailer, wanted: str = KEY) -> Parcel:
    (parcel,) = pack(config, store, site, mailer, wanted)
    return parcel


def opened(site: Path) -> Store:
    return Store(site / FILE)
