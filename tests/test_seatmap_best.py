"""The best seats for a party: what is held, when others are quicker, and what it costs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from apps.booking.events import SeatsHeld
from apps.eventlog.handling import handle
from apps.eventlog.models import StoredEvent
from apps.seatmap import wishes
from apps.seatmap.models import Seat
from tests.answers import PAGE, best, mine, others_hold, post, said, schedule
from tests.history import logged, tell
from tests.test_seatmap_cost import COST, spent


@pytest.fixture(autouse=True)
def on_sale(database: str) -> None:
    schedule("s1", timezone.now() + timedelta(hours=5))


# The best seats


def test_the_best_seats_are_held(client: Client) -> None:
    response = best(client, 2)
    assert (response.status_code, mine(response), said(response)) == (200, ["C3", "C4"], [])
    assert 'id="seat-C3"' in response.content.decode()


def test_without_a_script_the_form_leads_back_to_the_page(client: Client) -> None:
    fields = {"count": "2", "command": str(uuid4())}
    response = client.post(f"{PAGE}best/", fields, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert mine(response) == ["C3", "C4"]


def test_the_same_wish_again_holds_once(client: Client) -> None:
    command = str(uuid4())
    best(client, 2, command=command)
    before = StoredEvent.objects.count()
    again = best(client, 2, command=command)
    assert (again.status_code, mine(again)) == (200, ["C3", "C4"])
    assert StoredEvent.objects.count() == before
    post(client, "releases", "C4")
    late = best(client, 2, command=command)  # it held two seats once, and may not hold a third
    assert (late.status_code, mine(late)) == (409, ["C3"])


def test_another_wish_with_the_same_id_is_refused_to_others(client: Client) -> None:
    command = str(uuid4())
    best(client, 2, command=command)
    response = best(Client(), 2, command=command)
    assert (response.status_code, mine(response)) == (409, [])


def test_the_number_is_that_of_all_seats(client: Client) -> None:
    post(client, "holds", "A1")
    assert mine(best(client, 3)) == ["A1", "A2", "A3"]
    response = best(client, 2)
    assert (response.status_code, mine(response)) == (409, ["A1", "A2", "A3"])
    assert said(response) == [
        "You hold 3 seats already. Let go of some first to have others chosen."
    ]


def test_a_party_in_two_groups_is_told(client: Client) -> None:
    response = best(client, 7)
    assert len(mine(response)) == 7
    assert said(response) == [
        "We could not seat all of you side by side: your seats are in 2 groups."
    ]


def test_when_too_few_are_left_it_says_how_many(client: Client) -> None:
    for row in "ABC":
        others_hold(*(f"{row}{n}" for n in range(1, 7)))
    others_hold("D3", "D4", "D5")
    response = best(client, 4)
    assert (response.status_code, said(response)) == (409, ["Only 3 more seats are left."])
    assert mine(best(client, 1)) == ["D6"]
    assert mine(best(client, 2)) == ["D2", "D6"]
    assert mine(best(client, 3)) == ["D1", "D2", "D6"]
    assert said(best(client, 4)) == ["No more seats are left."]


def test_a_hold_that_ran_out_takes_no_seat(client: Client) -> None:
    tell(SeatsHeld("s1", "old", "bob", ("C3",), (), timezone.now() - timedelta(seconds=1)))
    assert mine(best(client, 2)) == ["C3", "C4"]


def test_a_wheelchair_space_comes_with_the_seats_beside_it(client: Client) -> None:
    assert mine(best(client, 3, needs="wheelchair")) == ["D1", "D2", "D3"]
    other = best(Client(), 1, needs="wheelchair")
    assert (other.status_code, said(other)) == (409, ["No wheelchair space is left."])


# Races


def quicker(monkeypatch: pytest.MonkeyPatch, take: Callable[[Any], None]) -> list[Any]:
    """Somebody acts between the look and each command; the commands, as they come."""
    commands: list[Any] = []

    def late(command: Any, **options: Any) -> int:
        commands.append(command)
        take(command)
        return handle(command, **options)

    monkeypatch.setattr(wishes, "handle", late)
    return commands


def test_who_loses_a_seat_meanwhile_gets_the_next_best(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = quicker(monkeypatch, lambda command: None if "C3" in taken() else others_hold("C3"))
    command = str(uuid4())
    response = best(client, 2, command=command)
    assert [each.seats for each in commands] == [("C3", "C4"), ("B3", "B4")]
    assert (response.status_code, mine(response), said(response)) == (200, ["B3", "B4"], [])
    assert mine(best(client, 2, command=command)) == ["B3", "B4"]
    assert [event.seats for event in logged(SeatsHeld)] == [("C3",), ("B3", "B4")]


def taken() -> set[str]:
    return set(Seat.objects.values_list("seat", flat=True))


def test_who_loses_every_time_may_try_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = quicker(monkeypatch, lambda command: others_hold(command.seats[0]))
    response = best(client, 1)
    assert len(commands) == wishes.TRIES
    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert mine(response) == []


def test_a_refusal_for_another_reason_is_told_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = quicker(monkeypatch, lambda command: None)
    schedule("past", timezone.now() - timedelta(minutes=1))
    response = best(client, 2, page="/screenings/past/")
    assert said(response) == ["This screening has begun, so its seats are no longer sold online."]
    assert len(commands) == 1


def test_parties_that_come_at_once_all_sit_together() -> None:
    def come(_number: int) -> tuple[int, list[str]]:
        response = best(Client(), 2)
        connection.close()
        return response.status_code, mine(response)

    with ThreadPoolExecutor(6) as parties:
        answers = list(parties.map(come, range(6)))
    assert [status for status, _ in answers] == [200] * 6
    assert len({seat for _, seats in answers for seat in seats}) == 12
    assert all(first[0] == second[0] for _, (first, second) in answers)


# What it costs, and what cannot be meant


def test_the_best_seats_cost_one_look_more_than_any_hold(tmp_path: Path) -> None:
    sent = []
    for seats in ((), [f"B{n}" for n in range(1, 7)]):
        if seats:
            others_hold(*seats)
        client = Client()
        for count in (1, 3):
            with spent(tmp_path / "trace") as counted:
                assert best(client, count).status_code == 200
            sent.append((counted["Execute"], counted["Sync"], counted["Query"]))
    # The screening, the seats to choose from and those to show; and a look, but for who is new to a
    # screening that is known.
    looked = (COST["Execute"] + 3, COST["Sync"] + 3, 0)
    assert sent == [looked, looked, (COST["Execute"] + 2, COST["Sync"] + 2, 0), looked]


UNCLEAR = "We did not understand that. Reload the page and try again, please."
HOW_MANY = "How many seats? Choose from one to eight, please."
TOO_MANY = "Eight seats is the most in one go. Ring us for a bigger party."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        *(
            ({"count": count}, HOW_MANY)
            for count in ["", "0", "-1", "2.5", "two", "٣", "100", "\x00"]
        ),
        *(({"count": count}, TOO_MANY) for count in ["9", "99"]),
        *(({"command": text}, UNCLEAR) for text in ["", "1", "\x00", "g" * 36]),
        *(({"needs": text}, UNCLEAR) for text in ["x", "Wheelchair", "💺" * 500]),
    ],
)
def test_garbage_gets_a_sentence(client: Client, fields: dict[str, Any], sentence: str) -> None:
    before = StoredEvent.objects.count()
    sent = {"count": "2", "command": str(uuid4()), **fields}
    for headers in ({"HX-Request": "true"}, {}):
        response = client.post(f"{PAGE}best/", sent, headers=headers)
        assert (response.status_code, said(response)) == (400, [sentence])
    assert StoredEvent.objects.count() == before


def test_looking_changes_nothing(client: Client) -> None:
    assert client.get(f"{PAGE}best/").status_code == 405
    assert post(client, "best", page="/screenings/unknown/", count=2).status_code == 404
