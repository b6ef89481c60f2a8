"""Who may change what is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from ui.access import (
    COOKIE,
    LASTS,
    MOST_WRONG,
    MOST_WRONG_IN_ALL,
    WINDOW,
    Access,
    NotAllowed,
    TooManyAttempts,
    is_loopback,
)

LOCAL = {"host": "127.0.0.1:7860"}
PASSWORD = "correct horse 密码"


@dataclass
class Client:
    host: str = "127.0.0.1"


@dataclass
class Visiting:
    """What of a request is looked at."""

    headers: dict[str, str] = field(default_factory=lambda: dict(LOCAL))
    cookies: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        ("192.168.1.20", False),
        ("no such name.invalid", False),
    ],
)
def test_only_loopback_is_the_machine_itself(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_on_loopback_whoever_sits_at_the_machine_may() -> None:
    access = Access("127.0.0.1", "")
    assert access.allows(Visiting())
    assert access.at_machine(Visiting())
    assert access.allows(Visiting({"host": "localhost:7860", "origin": "http://localhost:7860"}))
    assert access.allows(Visiting({"host": "[::1]:7860"}))


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"x-real-ip": "127.0.0.1"},
        {"via": "1.1 proxy"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_a_proxy_or_another_site_sends_is_not_from_the_machine(headers) -> None:
    assert not Access("127.0.0.1", "").allows(Visiting(LOCAL | headers))


@pytest.mark.parametrize("host", ["evil.example:7860", "127.0.0.1.evil.example", "", "[", "a b"])
def test_a_foreign_name_bent_to_loopback_is_not_from_the_machine(host: str) -> None:
    assert not Access("127.0.0.1", "").allows(Visiting({"host": host}))


@pytest.mark.parametrize(
    "headers",
    [{}, {"x-forwarded-for": "127.0.0.1"}, {"x-real-ip": "::1"}, {"authorization": "Bearer "},
     {"authorization": "Bearer x"}, {"authorization": "Basic YWRtaW46"}],
)  # fmt: skip
def test_no_header_opens_another_address_without_a_password(headers) -> None:
    access = Access("0.0.0.0", "")
    visit = Visiting(LOCAL | headers, {COOKIE: ""})
    assert not access.allows(visit)
    assert not access.at_machine(visit)
    with pytest.raises(NotAllowed, match="FAZHI_ADMIN_PASSWORD"):
        access.require(visit)
    with pytest.raises(NotAllowed):
        access.log_in("", visit)


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
def test_with_a_password_only_who_gives_it_may(host: str) -> None:
    access = Access(host, PASSWORD)
    assert not access.allows(Visiting())
    token = access.log_in(PASSWORD, Visiting())
    visit = Visiting(cookies={COOKIE: token})
    assert access.allows(visit)
    assert not access.at_machine(visit)
    assert not access.allows(Visiting(cookies={COOKIE: token[:-1]}))
    access.log_out(visit)
    assert not access.allows(visit)


def test_a_program_gives_the_password_with_each_request() -> None:
    access = Access("0.0.0.0", "s3cret")
    assert access.allows(Visiting({"authorization": "Bearer s3cret"}))
    assert not access.allows(Visiting({"authorization": "Bearer s3cre"}))
    assert not access.allows(Visiting({"authorization": "Basic s3cret"}))


@pytest.mark.parametrize(
    "wrong", ["", "Correct horse 密码", PASSWORD + " ", PASSWORD[:-1], "x" * 9999]
)
def test_a_wrong_password_opens_nothing(wrong: str) -> None:
    access = Access("0.0.0.0", PASSWORD)
    with pytest.raises(NotAllowed, match="wrong"):
        access.log_in(wrong, Visiting())


def test_a_session_ends_by_itself() -> None:
    clock = Clock()
    access = Access("0.0.0.0", PASSWORD, now=clock)
    visit = Visiting(cookies={COOKIE: access.log_in(PASSWORD, Visiting())})
    clock.now = LASTS - 1
    assert access.allows(visit)
    clock.now = LASTS
    assert not access.allows(visit)


def test_who_guesses_has_to_wait_and_the_right_password_too() -> None:
    clock = Clock()
    access = Access("0.0.0.0", PASSWORD, now=clock)
    guesser = Visiting(client=Client("203.0.113.5"))
    for _ in range(MOST_WRONG):
        with pytest.raises(NotAllowed, match="wrong"):
            access.log_in("guess", guesser)
    with pytest.raises(TooManyAttempts):
        access.log_in(PASSWORD, guesser)
    assert access.log_in(PASSWORD, Visiting(client=Client("203.0.113.6")))
    clock.now = WINDOW
    assert access.log_in(PASSWORD, guesser)


def test_guesses_from_many_addresses_and_by_programs_are_counted_together() -> None:
    access = Access("0.0.0.0", PASSWORD)
    for number in range(MOST_WRONG_IN_ALL):
        visit = Visiting({"authorization": "Bearer guess"}, client=Client(f"203.0.113.{number}"))
        assert not access.allows(visit)
    with pytest.raises(TooManyAttempts):
        access.log_in(PASSWORD, Visiting(client=Client("198.51.100.1")))
