import random
import time
from datetime import date, timedelta

import pytest
from django.db.models import Model
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from delegations.models import Delegation
from events.models import CoHost, Event
from tests import factories
from tests.totals.makers import PUBLISHED, PUBLISHED_ON, activity, balance, event_with, held, published_office
from totals.enums import ACTIVITIES_OF, Figure
from totals.models import Activity, Statement
from totals.selectors import figures, figures_of

pytestmark = pytest.mark.django_db
BEFORE, AFTER = PUBLISHED_ON - timedelta(days=1), PUBLISHED_ON + timedelta(days=1)


def values(office: Delegation) -> dict[str, int]:
    return {line.figure: line.value for line in figures(office)}


def test_figures_of_the_published_office_are_its_published_numbers() -> None:
    office = published_office()

    found = figures(office)

    assert {line.figure: (line.value, line.opening, line.counted) for line in found} == {
        figure: (value, value, 0) for figure, value in PUBLISHED.items()
    }
    assert found.as_of == PUBLISHED_ON
    assert {line.since for line in found} == {"late 2017"}
    assert [line.figure for line in found] == list(Figure)


def test_figures_after_an_event_closed_move_by_exactly_its_participants() -> None:
    office = published_office()

    event_with(4, date(2025, 6, 3), office)

    found = figures(office)
    assert values(office) == {**PUBLISHED, Figure.PARTICIPANTS: 1524}
    assert (found["participants"].rows, found.as_of) == (1, date(2025, 6, 3))


def test_figures_after_each_activity_move_its_own_figure_by_one() -> None:
    office = published_office()

    for figure, kind in ACTIVITIES_OF.items():
        activity(office, AFTER, kind)
        assert values(office) == {**PUBLISHED, figure: PUBLISHED[Figure(figure)] + 1}
        Activity.objects.all().delete()


@pytest.mark.parametrize(("day", "counted", "covered"), [(BEFORE, 0, 1), (PUBLISHED_ON, 0, 1), (AFTER, 1, 0)])
def test_figures_add_nothing_that_the_opening_balance_holds_already(day: date, counted: int, covered: int) -> None:
    office = published_office()
    event_with(1, day, office)
    activity(office, day)

    found = figures(office)

    for name in ("participants", "stakeholder_meetings"):
        assert (found[name].counted, found[name].covered) == (counted, covered)


def test_figures_of_an_office_without_opening_balance_count_all_rows() -> None:
    office = factories.delegation()
    event_with(2, BEFORE, office)
    activity(office, BEFORE)

    found = figures(office)

    assert (found["participants"].value, found["stakeholder_meetings"].value) == (2, 1)
    assert found.as_of == BEFORE


def test_figures_of_an_office_with_nothing_are_zero_and_speak_of_no_day() -> None:
    found = figures(factories.delegation())

    assert (found.is_empty, found.as_of) == (True, None)


def test_figures_leave_out_an_event_that_does_not_count() -> None:
    office = factories.delegation()
    event_with(2, AFTER, office, counts=False, counts_reason="Internal meeting")

    assert figures(office)["participants"].value == 0


def test_figures_of_a_co_hosted_event_belong_to_the_lead_host_alone() -> None:
    lead, partner = factories.delegation(), factories.delegation()
    event = held(AFTER, of=lead)
    CoHost.objects.create(event=event, delegation=partner)
    event_with(2, AFTER, lead)

    both = figures_of([lead, partner])

    assert [found["participants"].value for found in both] == [2, 0]


def test_figures_of_another_delegation_do_not_mix() -> None:
    here, elsewhere = published_office(), factories.delegation()
    event_with(3, BEFORE, elsewhere)
    activity(elsewhere, BEFORE)

    assert values(here) == PUBLISHED
    assert values(elsewhere)[Figure.PARTICIPANTS] == 3
    assert values(elsewhere)[Figure.STAKEHOLDER_MEETINGS] == 1


@pytest.mark.parametrize(
    ("since", "until", "opening", "counted"),
    [
        (None, None, 1520, 3),
        (None, PUBLISHED_ON, 1520, 0),
        (None, PUBLISHED_ON - timedelta(days=1), 0, 0),
        (date(2017, 9, 1), None, 1520, 3),
        (date(2017, 9, 2), None, 0, 3),
        (date(2025, 1, 1), date(2025, 12, 31), 0, 2),
        (date(2025, 6, 3), date(2025, 6, 3), 0, 2),
        (date(2025, 6, 4), None, 0, 1),
    ],
)
def test_figures_of_a_period_hold_the_balance_whole_or_not_at_all(
    since: date | None, until: date | None, opening: int, counted: int
) -> None:
    office = published_office()
    event_with(2, date(2025, 6, 3), office)
    event_with(1, date(2026, 2, 3), office)

    line = figures(office, since, until)["participants"]

    assert (line.opening, line.counted, line.value) == (opening, counted, opening + counted)
    assert line.is_split is (opening == 0)


def test_figures_of_adjoining_periods_add_up_to_the_whole() -> None:
    office = published_office()
    chance = random.Random(7)
    for _number in range(6):
        event_with(chance.randint(0, 2), AFTER + timedelta(days=chance.randint(0, 700)), office)
    cut = AFTER + timedelta(days=350)

    early, late = figures(office, None, cut), figures(office, cut + timedelta(days=1))

    assert {line.figure: line.value for line in figures(office)} == {
        line.figure: line.value + late[line.figure].value for line in early
    }


def test_figure_label_in_a_language_without_the_sources_wording_is_the_figures_own_name() -> None:
    office = factories.delegation()
    balance(office, 5, PUBLISHED_ON, wording={"en": "people at our conferences"})
    line = figures(office)["participants"]

    with translation.override("en"):
        assert line.label == "people at our conferences"
    with translation.override("nl"):
        assert line.label == Figure.PARTICIPANTS.label


@pytest.mark.parametrize("number", [1, 3])
def test_figures_take_three_queries_for_any_number_of_offices_and_rows(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    offices = [published_office() for _office in range(number)]
    for office in offices:
        for _row in range(number):
            event_with(1, AFTER, office)
            activity(office, AFTER)

    with django_assert_num_queries(3):
        found = figures_of(offices)

    assert [one["participants"].counted for one in found] == [number] * number


def test_figures_over_five_thousand_statements_come_in_a_blink() -> None:
    office = published_office()
    model = event_with(0, AFTER, office)
    events = Event.objects.bulk_create(
        Event(**{**_plain(model.event), "slug": f"conference-of-{number}"}) for number in range(5000)
    )
    Statement.objects.bulk_create(
        Statement(**{**_plain(model), "event_id": event.pk, "participants": 7}) for event in events
    )

    started = time.perf_counter()
    line = figures(office)["participants"]

    assert time.perf_counter() - started < 0.25
    assert (line.counted, line.rows) == (35_000, 5001)


def _plain(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name != "id"}
