"""Who may change what is stored: decided in this one place.

While the server listens on loopback and no password is set, whoever sits at the machine may.
On any other address, and wherever `FAZHI_ADMIN_PASSWORD` is set, only who has given the
password may. Headers never open what the listening address closes: those of a proxy, or of a
page of another site, can only close.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from rag.errors import FazhiError

COOKIE = "fazhi-admin"
LASTS = 12 * 3600.0  # seconds a session lasts
MOST_SESSIONS = 100
WINDOW = 600.0  # seconds in which wrong passwords are counted
MOST_WRONG = 10  # from one address in that time
MOST_WRONG_IN_ALL = 100
LONGEST_PASSWORD = 1024  # characters; more is no password and not worth comparing
# What a proxy adds to a request that it passes on.
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Visit(Protocol):
    """A request as Starlette and Gradio give it."""

    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def cookies(self) -> Mapping[str, str]: ...
    @property
    def client(self) -> Any: ...  # its `host` is the address that the connection comes from


class NotAllowed(FazhiError):
    """What was asked is for administrators, or the password is wrong."""


class TooManyAttempts(NotAllowed):
    """Wrong passwords came too often; none is looked at for a while."""


class Access:
    """Whether a request may see and change what is kept for administrators. Thread-safe."""

    def __init__(
        self, host: str, password: str, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        """`host`: the address the server listens on; `password`: empty where none is set."""
        self._open = is_loopback(host) and not password
        self._password = password.encode()
        self._now = now
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, float] = OrderedDict()  # token → when it ends
        self._wrong: deque[tuple[float, str]] = deque()  # (when, from where)

    @property
    def has_password(self) -> bool:
        """Whether one can log in at all."""
        return bool(self._password)

    def at_machine(self, visit: Visit) -> bool:
        """Whether the request is made at the machine, which alone may name its folders."""
        return self._open and _is_direct(visit)

    def allows(self, visit: Visit) -> bool:
        """Whether the request may see and change what is kept for administrators.

        It may if it is made at the machine, has the cookie of a session, or carries the
        password as `Authorization: Bearer …`; wrong ones count as attempts to log in.
        """
        if self._open:
            return _is_direct(visit)
        if self._is_session(visit.cookies.get(COOKIE, "")):
            return True
        scheme, _, given = visit.headers.get("authorization", "").partition(" ")
        if not self.has_password or scheme.lower() != "bearer":
            return False
        try:
            self._compare(given.strip(), _address_of(visit))
        except NotAllowed:
            return False
        return True

    def require(self, visit: Visit) -> None:
        """Nothing, where the request is allowed.

        Raises:
            NotAllowed: it is not.
        """
        if not self.allows(visit):
            raise NotAllowed(
                "only for administrators: log in with the password of FAZHI_ADMIN_PASSWORD"
                if self.has_password
                else "only at the machine itself; elsewhere FAZHI_ADMIN_PASSWORD has to be set"
            )

    def log_in(self, password: str, visit: Visit) -> str:
        """The token of a new session, for its cookie.

        Raises:
            NotAllowed: the password is wrong, or none is set.
            TooManyAttempts: there were too many wrong ones lately.
        """
        self._compare(password, _address_of(visit))
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[token] = self._now() + LASTS
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return token

    def log_out(self, visit: Visit) -> None:
        """End the session whose cookie the request has, if there is one."""
        with self._lock:
            self._sessions.pop(visit.cookies.get(COOKIE, ""), None)

    def _is_session(self, token: str) -> bool:
        with self._lock:
            ends = self._sessions.get(token)
            if ends is not None and ends <= self._now():
                del self._sessions[token]
                return False
            return ends is not None

    def _compare(self, password: str, address: str) -> None:
        with self._lock:
            now = self._now()
            while self._wrong and self._wrong[0][0] <= now - WINDOW:
                self._wrong.popleft()
            own = sum(1 for _, where in self._wrong if where == address)
            if own >= MOST_WRONG or len(self._wrong) >= MOST_WRONG_IN_ALL:
                raise TooManyAttempts(
                    f"too many wrong passwords; try again in {WINDOW / 60:.0f} minutes"
                )
            given = password[:LONGEST_PASSWORD].encode()
            if not self._password or not hmac.compare_digest(given, self._password):
                self._wrong.append((now, address))
                raise NotAllowed("the password is wrong")


def is_loopback(host: str) -> bool:
    """Whether only this machine itself reaches a server that listens there.

    >>> is_loopback("127.0.0.1"), is_loopback("[::1]"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    name = host.strip().removeprefix("[").removesuffix("]")
    if not name:
        return False
    try:
        return ip_address(name).is_loopback
    except ValueError:
        pass  # a name
    try:
        found = socket.getaddrinfo(name, None)
    except OSError:
        return False
    return bool(found) and all(ip_address(str(one[4][0])).is_loopback for one in found)


def _is_direct(visit: Visit) -> bool:
    """Whether a request to a loopback server comes from the machine's own browser or programs.

    Not what a proxy passes on, nor what a page of another site has a browser send.
    """
    headers = visit.headers
    if any(name in headers for name in PASSED_ON):
        return False
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return False
    host = headers.get("host", "")
    origin = headers.get("origin", "")
    return _names_loopback(host) and (not origin or urlsplit(origin).netloc == host)


def _names_loopback(host: str) -> bool:
    """Whether a Host header names this machine: a foreign name may have been bent to it."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _address_of(visit: Visit) -> str:
    return str(getattr(visit.client, "host", "") or "")
