"""
What every test stands on: no network but loopback, an environment of its own, a browser.

The audit hook sees each socket of this process, whoever opens it and however; what a test
starts as another process is not seen, so such tests give it addresses on loopback alone.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples on every run and machine, however slow; a longer search is asked for by hand.
hypothesis.settings.register_profile("digest", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("digest")

TESTS = Path(__file__).parent
CI = bool(os.environ.get("CI"))
SET_PREFIXES = ("XDG_", "GITHUB_", "LLM_", "DIGEST_", "PIP_", "UV_")
SET_ENDINGS = ("_PROXY", "_API_KEY", "_TOKEN")

# --------------------------------------------------------------------- no network


class NetworkUsed(AssertionError):
    """A test reached for the network. No OSError: code that survives those must not hide it."""


_used: list[str] = []
_NAMES = {"", "localhost", "ip6-localhost", "ip6-loopback", socket.gethostname().lower()}


def is_local(host: object) -> bool:
    """Whether reaching for this host, or asking for its address, stays on this machine."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name.lower() in _NAMES


def is_address(host: object) -> bool:
    """Whether this is an address already, so that looking it up asks nobody."""
    try:
        ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return True


def refusal(event: str, args: tuple[Any, ...]) -> str:
    """What an audit event does beyond this machine, in words; empty for all else."""
    if event in {"socket.connect", "socket.sendto", "socket.bind"}:
        sock, address = args
        if sock.family in {socket.AF_INET, socket.AF_INET6} and not is_local(address[0]):
            return f"{event.partition('.')[2]} {address[0]} port {address[1]}"
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        if not is_local(args[0]) and not is_address(args[0]):
            return f"look up {args[0]}"
    elif event == "socket.gethostbyaddr" and not is_local(args[0]):
        return f"look up {args[0]}"
    return ""


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith("socket.") and (words := refusal(event, args)):
        _used.append(words)
        raise NetworkUsed(f"the test reached for the network: {words}")


sys.addaudithook(_watch)


@pytest.fixture
def network_used() -> list[str]:
    """What the guard has refused in this test; a test that empties it takes it upon itself."""
    return _used


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Any socket but loopback's fails the test, also where the code under test swallowed that."""
    _used.clear()
    yield
    fail_if_used()


def fail_if_used() -> None:
    if _used:
        pytest.fail("the test reached for the network: " + ", ".join(dict.fromkeys(_used)))


# -------------------------------------------------------------------- environment


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the person who runs the tests gets in: no home, proxy, key or colour."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.upper().startswith(SET_PREFIXES) or name.upper().endswith(SET_ENDINGS):
                patch.delenv(name)
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONWARNINGS", "SSL_CERT_FILE"):
            patch.delenv(name, raising=False)
        for name in ("HOME", "USERPROFILE", "LLM_USER_PATH"):
            patch.setenv(name, str(home))
        for name in ("CONFIG", "CACHE", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("TZ", "Asia/Kathmandu")  # 5:45 off UTC: code that leans on local time shows
        _set_timezone()
        yield
    _set_timezone()


def _set_timezone() -> None:
    if hasattr(time, "tzset"):
        time.tzset()


# -------------------------------------------------------------------------- inputs


@pytest.fixture
def data(request: pytest.FixtureRequest) -> Path:
    """Folder of the test's inputs: tests/data/verify for tests/verify/test_quotes.py."""
    return TESTS / "data" / request.path.parent.relative_to(TESTS)


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: a test's output is the test's."""


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """A function from a folder to the address on loopback that serves it, ending in `/`."""
    with ExitStack() as stack:

        def serve(folder: Path) -> str:
            handler = partial(_Handler, directory=str(folder))
            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_address[1]}/"

        yield serve


# ------------------------------------------------------------------------- browser

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = (
    "--no-sandbox",  # its sandbox does not start for root, as whom CI runs
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages are served from loopback; whatever else they name must not even be looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def missing(what: str) -> NoReturn:
    """Skip by name, or fail where CI is set: there, a test that did not run is no pass."""
    if CI:
        pytest.fail(f"{what} is missing, and CI is set")
    pytest.skip(f"{what} is missing: `make test` brings it where it may")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright; take `browser.new_page()` and close it."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGS)) as chromium,
    ):
        yield chromium


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Mark who asks for the browser, and run them last, with several workers too.

    Playwright leaves an event loop running in the main thread from its start to its end, in
    which `asyncio.run` refuses to work. Workers take whole files, so that a module's fixtures
    are built once; the browser's tests of a file are a file of their own, after all others.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            last = " in the browser" if item.get_closest_marker("browser") else ""
            item.add_marker(pytest.mark.xdist_group(f"{item.location[0]}{last}"))
