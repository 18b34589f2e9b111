"""How often a wrong password may be tried."""

from __future__ import annotations

from qa.web.attempts import MOST, MOST_FOR, MOST_FROM, WINDOW, Attempts


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_wrong_passwords_are_allowed_a_few_times_in_a_while() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(MOST):
        assert attempts.begin("10.0.0.1", "ANN") == 0
    assert 0 < attempts.begin("10.0.0.1", "ann") <= WINDOW + 1
    assert attempts.begin("10.0.0.2", "ann") == 0
    clock.now += WINDOW + 1
    assert attempts.begin("10.0.0.1", "ann") == 0


def test_trying_many_names_from_one_address_is_slowed_too() -> None:
    attempts = Attempts(Clock())
    for number in range(MOST_FROM):
        assert attempts.begin("10.0.0.1", f"user{number}") == 0
    assert attempts.begin("10.0.0.1", "another") > 0


def test_trying_one_name_from_many_addresses_is_slowed_too() -> None:
    attempts = Attempts(Clock())
    for number in range(MOST_FOR):
        assert attempts.begin(f"10.0.{number}.1", "ann") == 0
    assert attempts.begin("10.9.9.9", "ann") > 0
    assert attempts.begin("10.9.9.9", "bob") == 0


def test_the_addresses_of_one_line_count_as_one() -> None:
    attempts = Attempts(Clock())
    for number in range(MOST):
        assert attempts.begin(f"2001:db8:7:1::{number:x}", "ann") == 0
    assert attempts.begin("2001:db8:7:1:ffff::9", "ann") > 0
    assert attempts.begin("2001:db8:7:2::1", "ann") == 0
    for _ in range(MOST):
        attempts.begin("::ffff:10.0.0.1", "ann")
    assert attempts.begin("10.0.0.1", "ann") > 0


def test_those_who_know_their_password_are_not_slowed_down() -> None:
    attempts = Attempts(Clock())
    for number in range(3 * MOST_FOR):
        name = f"user{number % 30}"
        assert attempts.begin("10.0.0.1", name) == 0  # an office behind one address
        attempts.succeeded("10.0.0.1", name)
