import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from desk import exports
from tests import factories
from tests.desk.makers import desk

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("https://thief.example","Click")'


def _sheet(client, event, query=""):
    response = client.get(f"/desk/events/{event.pk}/guests/export/xlsx/{query}")
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


def _csv(client, event, query=""):
    response = client.get(f"/desk/events/{event.pk}/guests/export/csv/{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_xlsx_with_a_formula_for_a_name_holds_it_as_text():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event, family_name=FORMULA, organisation="+32 2 000", given_name="@SUM(A1)")

    sheet = _sheet(client, event)

    cells = [sheet.cell(row=2, column=column) for column in (1, 2, 3)]
    assert [cell.value for cell in cells] == [FORMULA, "@SUM(A1)", "+32 2 000"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_xlsx_holds_times_as_dates_on_the_clock_of_the_event():
    client, office = desk()
    at = factories.now().replace(month=1, day=15, hour=11, minute=30, second=0, microsecond=0)
    event = factories.event(of=office, at=at, timezone="Europe/Athens")
    factories.registration(event, at=at)

    sheet = _sheet(client, event)

    heads = [cell.value for cell in sheet[1]]
    assert sheet.cell(row=2, column=heads.index("Registered at") + 1).value == at.replace(tzinfo=None) + timedelta(
        hours=2
    )


def test_csv_neutralises_what_could_be_a_formula():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event, family_name=FORMULA, given_name="-Ada", organisation="Straße; Nord")

    content = _csv(client, event)

    assert content.startswith("\ufeff".encode())
    row = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1]
    assert row[:3] == [f"'{FORMULA}", "'-Ada", "Straße; Nord"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_harmless_of_each_start_of_a_formula_adds_an_apostrophe(start):
    assert exports.harmless(f"{start}1") == f"'{start}1"


def test_harmless_of_a_plain_name_leaves_it_alone():
    assert exports.harmless("O’Neill") == "O’Neill"


def test_export_of_a_filtered_list_holds_what_the_list_shows():
    client, office = desk()
    event = factories.event(of=office)
    factories.registration(event, family_name="Seen", email="a@north.example")
    factories.registration(event, family_name="Hidden", email="b@south.example")

    content = _csv(client, event, "?q=%40north.example").decode()

    assert "Seen" in content
    assert "Hidden" not in content


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_of_1_and_3_guests_asks_equally_often(kind, django_assert_num_queries):
    client, office = desk()
    for number in (1, 3):
        event = factories.event(of=office)
        for _guest in range(number):
            factories.registration(event)
        # Session, user, event with its four kinds of page data, countries, the rows.
        with django_assert_num_queries(8):
            b"".join(client.get(f"/desk/events/{event.pk}/guests/export/{kind}/").streaming_content)


def test_export_of_another_kind_is_not_found():
    client, office = desk()
    event = factories.event(of=office)

    assert client.get(f"/desk/events/{event.pk}/guests/export/pdf/").status_code == 404


def test_export_for_a_viewer_is_not_found():
    client, office = desk("viewer")
    event = factories.event(of=office)
    factories.registration(event, family_name="Secret")

    response = client.get(f"/desk/events/{event.pk}/guests/export/csv/")

    assert response.status_code == 404
    assert b"Secret" not in response.content
