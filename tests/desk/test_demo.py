"""The demo is whole, believable and only there where it may be."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from delegations.models import Delegation
from desk import demo
from registrations.models import Registration
from tests import factories
from tests.processes import ROOT, clean_environment
from totals.models import OpeningBalance, Statement
from totals.selectors import figures

pytestmark = pytest.mark.django_db
SEED = {
    "participants": 1520,
    "stakeholder_meetings": 350,
    "speaking_engagements": 110,
    "working_group_participations": 340,
    "dignitary_visits": 35,
    "metropole_meetings": 160,
}


def test_demo_figures_are_the_published_ones_plus_what_was_counted_since():
    demo.load(factories.now())

    rows = {row.figure: row for row in figures(Delegation.objects.get(slug="lille-metropole"))}

    assert {name: row.opening for name, row in rows.items()} == SEED
    assert dict(OpeningBalance.objects.values_list("figure", "value")) == SEED
    assert rows["participants"].value == 1520 + Statement.objects.get().participants
    assert all(row.value == row.opening + row.counted for row in rows.values())


def test_demo_people_are_plainly_invented():
    demo.load(factories.now())

    addresses = set(Registration.objects.values_list("email", flat=True))

    assert len(addresses) > 100
    assert all(address.endswith(".example") for address in addresses)


def test_demo_where_there_is_data_is_refused_or_left_alone(settings):
    settings.DEMO = True
    factories.delegation()

    call_command("load_demo", "--if-empty")
    with pytest.raises(CommandError, match="There is data already"):
        call_command("load_demo")

    assert Delegation.objects.count() == 1


def test_demo_outside_demo_mode_is_refused(capsys):
    with pytest.raises(CommandError, match="not a demo"):
        call_command("load_demo")
    call_command("demo_signins")

    assert not Delegation.objects.exists()
    assert capsys.readouterr().out == ""


@pytest.mark.once
@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"])
def test_demo_mode_next_to_a_deployments_settings_does_not_start(name, tmp_path):
    environment = {
        **clean_environment(),
        "GUIMARD_HOME": str(tmp_path),
        "GUIMARD_DEMO": "1",
        name: "https://desk.example",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert f"can't run with {name}" in done.stderr
