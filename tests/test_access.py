"""Every address × every role and outsiders. The addresses come from the URL configuration itself, so a new page without a
rule here fails ``test_every_address_has_a_rule``."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.audit import SYSTEM
from core.models import Job
from delegations.enums import GRANTS, Permission, Role
from registrations.selectors import manage_token
from tests import factories
from totals.enums import ActivityKind
from totals.services import add_activity

pytestmark = pytest.mark.django_db

PUBLIC, SIGNED_IN, MEMBER, OWNER, OPERATOR = "public", "signed in", "member", "owner", "operator"
STAFF = [Role.ADMIN, Role.ORGANISER, Role.DOOR, Role.VIEWER]
VIEW_EVENTS, MANAGE_EVENTS = Permission.VIEW_EVENTS, Permission.MANAGE_EVENTS
VIEW_GUESTS, MANAGE_GUESTS = Permission.VIEW_GUESTS, Permission.MANAGE_GUESTS
CHECK_IN, VIEW_TOTALS, ACTIVITIES = Permission.CHECK_IN, Permission.VIEW_TOTALS, Permission.MANAGE_ACTIVITIES


@dataclass(frozen=True)
class Rule:
    """Who gets in: PUBLIC, SIGNED_IN, MEMBER (of any delegation), OWNER (of the thing itself), or a Permission. ``post`` is how it is called."""

    who: str
    post: bool = False


def get(who):
    return Rule(who)


def post(who):
    return Rule(who, post=True)


RULES = {
    "healthz": get(PUBLIC),
    "readyz": get(PUBLIC),
    "metrics": get(PUBLIC),
    "set_language": post(PUBLIC),
    "accessibility": get(PUBLIC),
    "privacy": get(PUBLIC),
    "events:list": get(PUBLIC),
    "events:past": get(PUBLIC),
    "events:feed": get(PUBLIC),
    "events:page": get(PUBLIC),
    "events:ics": get(PUBLIC),
    "events:brand": get(PUBLIC),
    "events:cover": get(PUBLIC),
    "registrations:form": get(PUBLIC),
    "registrations:done": get(PUBLIC),
    "registrations:lost_link": get(PUBLIC),
    "registrations:any_link": get(PUBLIC),
    "registrations:mine": get(PUBLIC),
    "registrations:edit": get(PUBLIC),
    "registrations:cancel": get(PUBLIC),
    "registrations:badge": get(PUBLIC),
    "registrations:badge_pdf": get(PUBLIC),
    "registrations:ics": get(PUBLIC),
    "totals:public": get(PUBLIC),
    "totals:delegation": get(PUBLIC),
    "totals:book": get(VIEW_TOTALS),
    "totals:figure": get(VIEW_TOTALS),
    "totals:statement": get(VIEW_TOTALS),
    "totals:recount": post(MANAGE_EVENTS),
    "totals:activities": get(VIEW_TOTALS),
    "totals:activity_new": get(ACTIVITIES),
    "totals:activity_edit": get(ACTIVITIES),
    "totals:activity_delete": post(ACTIVITIES),
    "checkin:app": get(CHECK_IN),
    "checkin:door": get(CHECK_IN),
    "checkin:scan": post(CHECK_IN),
    "checkin:verdict": get(CHECK_IN),
    "checkin:undo": post(CHECK_IN),
    "desk:home": get(MEMBER),
    "desk:switch": post(SIGNED_IN),
    "desk:events": get(VIEW_EVENTS),
    "desk:event_new": get(MANAGE_EVENTS),
    "desk:event": get(VIEW_EVENTS),
    "desk:event_edit": get(MANAGE_EVENTS),
    "desk:event_preview": get(VIEW_EVENTS),
    "desk:event_publish": post(MANAGE_EVENTS),
    "desk:event_cancel": post(MANAGE_EVENTS),
    "desk:event_close": post(MANAGE_EVENTS),
    "desk:guests": get(VIEW_GUESTS),
    "desk:guest_add": get(MANAGE_GUESTS),
    "desk:guests_export": get(VIEW_GUESTS),
    "desk:guest": get(VIEW_GUESTS),
    "desk:guest_cancel": post(MANAGE_GUESTS),
    "desk:guest_resend": post(MANAGE_GUESTS),
    "desk:guest_approve": post(MANAGE_GUESTS),
    "desk:guest_decline": post(MANAGE_GUESTS),
    "desk:guest_mode": post(MANAGE_GUESTS),
    "desk:badges": get(VIEW_GUESTS),
    "desk:job": get(OWNER),
    "desk:job_file": get(OWNER),
    "api:schema": get(PUBLIC),
    "api:totals": get(PUBLIC),
    "api:events": get(SIGNED_IN),
    "api:event": get(VIEW_EVENTS),
    "api:event-publish": post(MANAGE_EVENTS),
    "api:event-close": post(MANAGE_EVENTS),
    "api:registrations": get(VIEW_GUESTS),
    "api:registration": get(VIEW_GUESTS),
    "api:registration-cancel": post(MANAGE_GUESTS),
    "api:event-checkpoints": get(CHECK_IN),
    "api:checkpoint": get(CHECK_IN),
    "api:checkpoint-scans": post(CHECK_IN),
    "api:scan-undo": post(CHECK_IN),
    "api:checkpoint-guests": get(CHECK_IN),
}
# Pages of the libraries, by the start of their address: who a stranger's request is answered for.
LIBRARIES = {"accounts/": PUBLIC, "operator/": OPERATOR}


def _addresses(patterns=None, prefix="", names=()):
    """Every (address, full name) of the URL configuration."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from _addresses(entry.url_patterns, route, inner)
        elif isinstance(entry, URLPattern):
            yield route, ":".join([*names, entry.name or ""])


def _of_library(route):
    return next((who for start, who in LIBRARIES.items() if route.startswith(start)), None)


OURS = sorted({name for route, name in _addresses() if not _of_library(route)})


def test_every_address_has_a_rule():
    assert set(OURS) == set(RULES)


@pytest.fixture
def world():
    """One published event with a guest at the door, a closed one with its statement, an activity, a job of the organiser."""
    delegation = factories.delegation(slug="office")
    members = {role: factories.member(role, of=delegation) for role in STAFF}
    event = factories.event(of=delegation)
    guest = factories.registration(event)
    past = factories.now() - timedelta(days=30)
    closed = factories.event(of=delegation, starts_at=past, at=past - timedelta(days=30), status="closed")
    day = factories.now().date() - timedelta(days=1)
    activity = add_activity(
        delegation=delegation,
        kind=ActivityKind.DIGNITARY_VISIT,
        held_on=day,
        title="A visit",
        by=SYSTEM,
        at=factories.now(),
    )
    job = Job.objects.create(kind="badges", owner=members[Role.ORGANISER], created_at=factories.now())
    people = {
        **members,
        "outsider": factories.member(Role.ADMIN),
        "nobody": factories.user(),
        "operator": factories.user(is_staff=True),
    }
    return {
        "people": people,
        "event": event,
        "guest": guest,
        "statement": closed.statements.get(),
        "activity": activity,
        "job": job,
        "checkpoint": event.checkpoints.get(),
    }


def _address(name, world):
    event, guest = world["event"], world["guest"]
    token = manage_token(guest)
    scan = uuid.uuid4()
    special = {
        "events:brand": ["office"],
        "events:cover": ["no-such-picture.jpg"],
        "privacy": ["office"],
        "registrations:done": [event.slug, "no-receipt"],
        "totals:delegation": ["office"],
        "totals:figure": ["participants"],
        "totals:statement": [world["statement"].pk],
        "totals:recount": [world["statement"].pk],
        "totals:activity_edit": [world["activity"].pk],
        "totals:activity_delete": [world["activity"].pk],
        "checkin:door": [world["checkpoint"].pk],
        "checkin:scan": [world["checkpoint"].pk],
        "checkin:verdict": [world["checkpoint"].pk, scan],
        "checkin:undo": [world["checkpoint"].pk, scan],
        "desk:guests_export": [event.pk, "csv"],
        "desk:job": [world["job"].pk],
        "desk:job_file": [world["job"].pk],
        "api:checkpoint": [world["checkpoint"].pk],
        "api:checkpoint-scans": [world["checkpoint"].pk],
        "api:scan-undo": [world["checkpoint"].pk, scan],
        "api:checkpoint-guests": [world["checkpoint"].pk],
        "registrations:form": [event.slug],
        "registrations:lost_link": [event.slug],
        "events:page": [event.slug],
        "events:ics": [event.slug],
        "desk:guest_add": [event.pk],
    }
    if name in special:
        return reverse(name, args=special[name])
    if name.startswith("registrations:") and name != "registrations:any_link":
        return reverse(name, args=[guest.pk, token])
    about_guest = name.startswith("desk:guest_") or name in (
        "desk:guest",
        "api:registration",
        "api:registration-cancel",
    )
    about_event = name in ("desk:guests", "desk:badges", "api:registrations", "api:event-checkpoints") or (
        name.startswith(("desk:event_", "api:event-")) or name in ("desk:event", "api:event")
    )
    if name == "desk:event_new":
        about_event = False
    return reverse(name, args=[guest.pk] if about_guest else [event.pk] if about_event else [])


def _knock(rule, address, user):
    """The answer to this user: "in", "out" (not found or forbidden), or "sign in"."""
    with transaction.atomic():
        answer = _call(rule, address, user)
        # The next one who knocks finds the house as it was.
        transaction.set_rollback(True)
    if answer.status_code == 401 or (answer.status_code == 302 and "/accounts/login/" in answer["Location"]):
        return "sign in"
    assert answer.status_code < 500 or address == "/readyz", (address, answer.status_code)
    return "out" if answer.status_code in (403, 404) else "in"


def _call(rule, address, user):
    client = Client()
    if user is not None:
        client.force_login(user)
    kind = {"content_type": "application/json", "data": "{}"} if address.startswith("/api/") and rule.post else {}
    return client.post(address, **kind) if rule.post else client.get(address)


def _expected(rule, who):
    if rule.who == PUBLIC:
        return "in"
    if who is None:
        return "sign in"
    if rule.who == SIGNED_IN:
        return "in"
    if rule.who == MEMBER:
        return "in" if who in GRANTS or who == "outsider" else "out"
    if rule.who == OWNER:
        return "in" if who == Role.ORGANISER else "out"
    return "in" if who in GRANTS and rule.who in GRANTS[who] else "out"


# Public pages whose thing is not there in this world, for nobody.
NOT_THERE = {"events:cover"}
# The file of a job that is not ready is not there for its owner either.
NOT_YET = {"desk:job_file", "checkin:verdict", "checkin:undo", "api:scan-undo"}
# Members of another delegation see their own book, never this one's: tested by content below.
OWN_BOOK = {
    "totals:book",
    "totals:figure",
    "totals:activities",
    "totals:activity_new",
    "desk:events",
    "desk:event_new",
    "checkin:app",
}


@pytest.mark.parametrize("name", OURS)
def test_address_opens_to_those_of_its_rule_only(name, world):
    rule, address = RULES[name], _address(name, world)

    answers = {who: _knock(rule, address, user) for who, user in [(None, None), *world["people"].items()]}

    for who, answer in answers.items():
        expected = _expected(rule, who)
        if name in NOT_THERE or (name in NOT_YET and expected == "in"):
            expected = "out"
        if name in OWN_BOOK and who == "outsider":
            expected = "in"
        assert answer == expected, f"{name} answers {answer} to {who}, and should answer {expected}"


def test_pages_of_another_delegation_show_nothing_of_this_one(world, client):
    client.force_login(world["people"]["outsider"])
    secrets = [
        str(world["event"].title),
        world["guest"].family_name,
        world["activity"].title,
        str(world["statement"].title),
    ]

    pages = [
        client.get(reverse(name)) for name in sorted({"desk:home", "desk:events", "totals:book", "totals:activities"})
    ]

    for page in pages:
        assert page.status_code == 200
        assert not [secret for secret in secrets if secret in page.content.decode()]


def test_operator_pages_are_for_operators_only(world, client):
    answers = {}
    for who, user in world["people"].items():
        client.force_login(user)
        answers[who] = client.get("/operator/").status_code

    assert answers.pop("operator") == 200
    assert set(answers.values()) == {302}


def test_co_host_sees_what_the_lead_host_opened_and_no_more(world, client):
    from events.models import CoHost

    partner = factories.delegation()
    organiser = factories.member(Role.ORGANISER, of=partner)
    row = CoHost.objects.create(event=world["event"], delegation=partner)
    client.force_login(organiser)
    guests = reverse("desk:guests", args=[world["event"].pk])

    closed = client.get(guests)
    row.sees_guests = True
    row.save()
    opened = client.get(guests)
    edit = client.get(reverse("desk:event_edit", args=[world["event"].pk]))

    assert (closed.status_code, opened.status_code, edit.status_code) == (404, 200, 404)
    assert world["guest"].family_name in opened.content.decode()


def test_get_on_every_address_changes_nothing(world, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world["people"][Role.ADMIN])
    wrote = {}
    for name in OURS:
        with CaptureQueriesContext(connection) as queries:
            client.get(_address(name, world))
        deeds = [q["sql"] for q in queries if q["sql"].split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE")]
        wrote[name] = [sql for sql in deeds if "django_session" not in sql]

    assert {name: deeds for name, deeds in wrote.items() if deeds} == {}
