"""
Requests to a mail provider's API: JSON in, JSON out, and no guess about what was not answered.

Touches the network, and only the address of feeds.yaml: redirects are not followed, proxies
of the environment not used. What certainly was not done (429, no connection) is tried again
or refused; what may have been done (5xx, a lost reply) is `Unanswered`, for the caller to ask.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from ..errors import PublishError
from ..text import one_line
from .base import Unanswered

if TYPE_CHECKING:
    import httpx2

TIMEOUT_S = 60.0
TRIES = 4
LONGEST_WAIT_S = 120.0

Json = Mapping[str, Any]


class Api:
    """
    Args:
        name: How messages call the provider.
        url: Where its API begins.
        headers: Sent with every request.
        auth: User and password for basic authentication.
        sleep: Waits for so many seconds.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._name, self._url = name, url.rstrip("/")
        self._headers, self._auth, self._sleep = headers, auth, sleep

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        """The system's certificates; reading them takes longer than a request."""
        return ssl.create_default_context()

    def get(self, path: str, params: Json | None = None) -> Json:
        """
        Ask; asking twice does no harm, so a lost reply is asked for again.

        Raises:
            PublishError: It was refused, or there is no answer.
        """
        for attempt in range(1, TRIES):
            try:
                return self.call("GET", path, params=params)
            except Unanswered:
                self._sleep(float(attempt**2))
        return self.call("GET", path, params=params)

    def call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        params: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        """
        Send one request, again only where the provider said "too many, later".

        Raises:
            Unanswered: It may have been done.
            PublishError: It was not done.
        """
        import httpx2

        with httpx2.Client(
            headers=self._headers,
            auth=self._auth,
            timeout=TIMEOUT_S,
            verify=self._trusted,
            trust_env=False,
            follow_redirects=False,
        ) as client:
            for attempt in range(1, TRIES + 1):
                answer = self._answer(client, method, path, body, params, headers)
                if answer.status_code != 429 or attempt == TRIES:
                    break
                self._sleep(_wait(answer.headers.get("retry-after", ""), attempt))
        return self._json(answer, f"{method} {path}")

    def _answer(
        self,
        client: httpx2.Client,
        method: str,
        path: str,
        body: Json | None,
        params: Json | None,
        headers: Mapping[str, str] | None,
    ) -> httpx2.Response:
        import httpx2

        try:
            return client.request(
                method, f"{self._url}{path}", json=body, params=params, headers=headers
            )
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as exc:
            raise PublishError(self._name, f"no connection: {exc}") from exc
        except httpx2.TransportError as exc:
            raise Unanswered(
                self._name, f"no answer to {method} {path} ({type(exc).__name__})"
            ) from exc

    def _json(self, answer: httpx2.Response, what: str) -> Json:
        status = answer.status_code
        if status >= 500:
            raise Unanswered(self._name, f"answered {status} to {what}")
        if status >= 300:
            words = one_line(answer.text)[:200]
            raise Refused(self._name, f"refused {what}: {status} {words}", status)
        try:
            found = answer.json() if answer.content else {}
        except ValueError as exc:
            raise Unanswered(self._name, f"answered {what} with something else than JSON") from exc
        return cast(Json, found) if isinstance(found, dict) else {}


class Refused(PublishError):
    """The provider said no, and why."""

    def __init__(self, subject: str, message: str, status: int) -> None:
        super().__init__(subject, message)
        self.status = status


def _wait(retry_after: str, attempt: int) -> float:
    """Seconds until the next try: what the provider asks for, within reason."""
    asked = float(retry_after) if retry_after.isdecimal() and len(retry_after) < 6 else 0.0
    return min(asked or 2.0**attempt, LONGEST_WAIT_S)
