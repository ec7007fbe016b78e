"""What the map becomes: a lost race, nothing left, a hold that ends, seats that are kept."""

from playwright.sync_api import Page, WebSocketRoute, expect

from apps.booking.events import HoldExpired
from apps.seatmap.models import Seat
from tests.history import tell
from tests.journeys.axe import assert_accessible
from tests.journeys.conftest import Cinema, press, seat
from tests.journeys.seat_map.conftest import ALL, others_hold, others_let_go
from tests.journeys.trees import expect_tree


def test_a_lost_race_says_so_at_the_seat_and_offers_neighbours(cinema: Cinema, page: Page) -> None:
    listens = True

    def pass_on(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        server.on_message(lambda message: line.send(message) if listens else None)

    page.route_web_socket("**/ws/screenings/**", pass_on)
    cinema.open_map(page)
    listens = False  # the news is still under way when the seat is pressed
    others_hold(cinema, "A3")
    page.evaluate("document.querySelector('#seat-A3 input').click()")
    expect(page.locator("#news")).to_contain_text("A3 went to someone else a moment ago.")
    expect(seat(page, "A3")).to_have_attribute("data-lost", "")
    expect(seat(page, "A3")).to_have_attribute("data-tip", "A3 · front row · just taken")
    expect_tree(page.locator("#news"), "map-lost-race")
    assert_accessible(page)
    page.get_by_role("button", name="Take A").first.click()
    expect(page.locator("#news")).to_contain_text("is yours.")
    expect(seat(page, "A3")).not_to_have_attribute("data-lost", "")


def test_nothing_left_and_back(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    seat(page, "B2").locator("input").focus()
    others_hold(cinema, *ALL[:8])
    others_hold(cinema, *ALL[8:])
    expect(page.get_by_role("heading", name="Nothing left")).to_be_visible()
    expect(page.get_by_role("link", name="Other screenings of")).to_be_visible()
    assert page.evaluate("document.activeElement.value") == "B2"
    expect_tree(page.locator("main"), "map-nothing-left")
    assert_accessible(page)
    page.reload()
    expect(page.get_by_role("heading", name="Nothing left")).to_be_visible()
    others_let_go(cinema, *ALL[8:])
    expect(page.get_by_role("heading", name="Nothing left")).to_be_hidden()
    press(page, "B2")
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")


def test_own_seats_are_there_in_a_new_tab_and_after_a_reload(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    press(page, "B2")
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")
    page.reload()
    cinema.wait_until_live(page)
    tab = page.context.new_page()
    cinema.open_map(tab)
    for each in page, tab:
        expect(seat(each, "B2")).to_have_attribute("data-mine", "")
        expect(each.get_by_role("checkbox", name="Row B, seat 2, yours")).to_be_checked()
    expect_tree(tab.locator("main"), "map-with-own-seats")
    expect_tree(tab.locator("#basket"), "map-basket")
    assert_accessible(tab)


def test_a_wheelchair_space_is_kept_and_given_to_who_needs_it(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    press(page, "C1")
    expect(page.locator("#news")).to_contain_text("kept for wheelchair users")
    page.get_by_role("button", name="Hold C1: one of us uses a wheelchair").click()
    expect(page.locator("#basket")).to_contain_text("Row C, seat 1")
    press(page, "C2")
    expect(page.locator("#basket")).to_contain_text("Row C, seats 1 and 2")


def test_moving_along_leaves_no_seat_alone(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    press(page, "B2")
    page.get_by_role("button", name="Move").click()
    expect(page.locator("#basket")).to_contain_text("Row B, seat 1")
    expect(page.locator("#news")).to_have_text("B1 is yours.Undo")  # and nobody is alone
    expect(seat(page, "B1").locator("input")).to_be_focused()
    expect(seat(page, "B2")).to_have_attribute("data-state", "available")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")
    expect(seat(page, "B1")).to_have_attribute("data-state", "available")


def test_the_best_seats_for_a_party(cinema: Cinema, page: Page) -> None:
    cinema.open_map(page)
    page.get_by_label("Seats together").select_option("3")
    page.get_by_role("button", name="Pick for me").click()
    expect(page.locator("#news")).to_contain_text("are yours.")
    expect(page.locator(".plan [data-mine]")).to_have_count(3)


def test_two_minutes_are_left(cinema: Cinema, page: Page) -> None:
    page.clock.install()
    cinema.open_map(page)
    press(page, "B2")
    expect(page.locator("#basket")).to_contain_text("Row B, seat 2")
    page.clock.fast_forward("08:05")
    expect(page.locator("#news")).to_contain_text("Two minutes left for your seats.")
    expect(page.locator(".leader")).to_have_attribute("data-soon", "")


def test_a_hold_that_ran_out_is_taken_again(cinema: Cinema, page: Page) -> None:
    """The clock that runs out by itself is in tests/journeys/test_booking.py."""
    cinema.open_map(page)
    press(page, "B2")
    expect(page.locator("#news")).to_contain_text("B2 is yours.")
    page.get_by_role("link", name="To checkout").focus()
    row = Seat.objects.get(screening=cinema.screening, seat="B2")
    tell(HoldExpired(cinema.screening, row.hold or "", row.visitor or "", ("B2",)))
    expect(page.locator("#news")).to_contain_text("Your hold ran out")
    expect(seat(page, "B2").locator("input")).to_be_focused()
    expect_tree(page.locator("#news"), "map-ran-out")
    tab = page.context.new_page()
    tab.goto(cinema.map)
    expect(tab.get_by_role("button", name="Take B2 again")).to_be_visible()
    page.get_by_role("button", name="Take B2 again").click()
    expect(page.locator("#news")).to_contain_text("B2 is yours.")
