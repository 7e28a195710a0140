"""What anybody sees: the list, the page of an event, calendars, colours, notices."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from icalendar import Calendar

from core.audit import SYSTEM
from desk import services as desk
from events.models import CoHost, Event, Venue
from tests import factories as make

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().split())


# --- the list -------------------------------------------------------------------------------------------------------
def test_list_shows_public_events_that_are_ahead_and_no_others(client):
    make.event(title={"en": "Open to all"})
    make.event(title={"en": "Still a draft"}, status="draft")
    make.event(title={"en": "By a secret address"}, visibility="unlisted")
    make.event(title={"en": "Long ago"}, at=make.now() - timedelta(days=90), starts_at=make.now() - timedelta(days=60))

    shown = text(client.get("/"))

    assert "Open to all" in shown
    assert not [title for title in ("Still a draft", "By a secret address", "Long ago") if title in shown]


def test_past_list_shows_what_is_over_with_its_year(client):
    start = make.now() - timedelta(days=400)
    make.event(title={"en": "Long ago"}, at=start - timedelta(days=30), starts_at=start)

    shown = text(client.get("/events/past/"))

    assert "Long ago" in shown
    assert str(start.year) in shown


def test_list_narrowed_by_theme_and_by_delegation(client):
    lille, hesse = make.delegation(slug="lille"), make.delegation(slug="hesse")
    make.event(of=lille, title={"en": "On mobility"}, themes=[make.theme(lille, "mobility")])
    make.event(of=hesse, title={"en": "On water"}, themes=[make.theme(hesse, "water")])
    shared = make.event(of=lille, title={"en": "Held together"})
    CoHost.objects.create(event=shared, delegation=hesse)

    by_theme = text(client.get("/?theme=mobility"))
    by_host = text(client.get("/?delegation=hesse"))
    by_nothing_known = text(client.get("/?theme=beekeeping"))

    assert "On mobility" in by_theme
    assert "On water" not in by_theme
    assert "On water" in by_host
    assert "Held together" in by_host
    assert "On mobility" not in by_host
    assert "Nothing here for this choice" in by_nothing_known


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_few_queries_for_one_event_and_for_three(client, number, django_assert_num_queries):
    office = make.delegation()
    theme = make.theme(office)
    for _number in range(number):
        CoHost.objects.create(event=make.event(of=office, themes=[theme]), delegation=make.delegation())

    with django_assert_num_queries(8):
        response = client.get("/")

    assert response.status_code == 200


def test_list_without_events_says_so_kindly(client):
    assert "Nothing is planned at the moment" in text(client.get("/"))


# --- the page of an event -------------------------------------------------------------------------------------------
def test_page_says_what_when_where_and_who(client):
    office = make.delegation(name={"en": "Office of Exampleland"})
    place = Venue.objects.create(
        name="House of Regions",
        street="1 rue de l’Exemple",
        postcode="1040",
        city="Brussels",
        access={"en": "Ring *twice*."},
    )
    event = make.event(of=office, venue=place, title={"en": "Soil"}, summary={"en": "All about soil."})
    CoHost.objects.create(event=event, delegation=make.delegation(name={"en": "Office of Otherland"}))

    shown = text(client.get(f"/events/{event.slug}/"))

    for words in ("Soil", "All about soil.", "House of Regions", "1 rue de l’Exemple", "Ring <em>twice</em>."):
        assert words in shown
    assert "Office of Exampleland" in shown
    assert "Office of Otherland" in shown
    assert f'href="/events/{event.slug}/register/"' in shown


def test_page_of_a_draft_does_not_exist(client):
    event = make.event(status="draft")

    assert client.get(f"/events/{event.slug}/").status_code == 404


def test_page_of_a_cancelled_event_gives_the_reason_and_no_button(client):
    event = make.event(status="cancelled")

    shown = text(client.get(f"/events/{event.slug}/"))

    assert "This event is cancelled" in shown
    assert "strike" in shown
    assert "/register/" not in shown


def test_page_never_runs_what_organisers_wrote(client):
    event = make.event(
        title={"en": "</script><script>alert(1)</script>"},
        summary={"en": '"><img src=x onerror=alert(2)>'},
        description={"en": "<script>alert(3)</script> [here](javascript:alert(4)) ![pixel](https://spy.example/p.png)"},
    )

    page = client.get(f"/events/{event.slug}/").content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert 'spy.example/p.png"' not in page
    assert json.loads(re.search(r'ld\+json">(.*?)</script>', page).group(1))["name"].startswith("</script>")


def test_page_marks_the_language_of_texts_that_the_reader_has_not(client):
    event = make.event(title={"fr": "La ville et l’eau"}, languages=["fr"], description={"fr": "Avec des élus."})

    shown = text(client.get(f"/events/{event.slug}/", headers={"accept-language": "en"}))

    assert '<html lang="en">' in shown
    assert '<h1 lang="fr">La ville et l’eau</h1>' in shown
    assert '<div class="prose" lang="fr"><p>Avec des élus.</p>' in shown


def test_page_describes_itself_to_machines(client):
    event = make.event(title={"en": "Soil"}, format="hybrid", online=10, online_url="https://meet.example/secret")

    page = client.get(f"/events/{event.slug}/").content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page).group(1))

    assert data["@type"] == "Event"
    assert data["startDate"] == event.local_start.isoformat()
    assert data["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert data["offers"]["availability"].endswith("InStock")
    assert f'<link rel="canonical" href="{settings.PUBLIC_URL}/events/{event.slug}/">' in page
    assert '<meta property="og:title" content="Soil">' in page
    assert "meet.example" not in page


def test_page_for_the_anonymous_sets_no_cookie_and_asks_one_query_once_it_is_kept(client, django_assert_num_queries):
    event = make.event(themes=[])
    client.get(f"/events/{event.slug}/")

    with django_assert_num_queries(1):
        response = client.get(f"/events/{event.slug}/")

    assert not response.cookies
    assert "Cookie" in response["Vary"]
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_page_shows_a_change_at_once(client):
    event = make.event(title={"en": "First title"}, places=5)
    before = text(client.get(f"/events/{event.slug}/"))

    desk.change_event(event=event, by=SYSTEM, at=make.now(), title={"en": "Second title"})
    renamed = text(client.get(f"/events/{event.slug}/"))
    Venue.objects.filter(pk=event.venue_id).update(city="Namur")
    moved = text(client.get(f"/events/{event.slug}/"))
    for _number in range(5):
        make.registration(event)
    full = text(client.get(f"/events/{event.slug}/"))

    assert "First title" in before
    assert "Second title" in renamed
    assert "First title" not in renamed
    assert "Namur" in moved
    assert "Full: join the waiting list" in full


def test_page_kept_in_one_language_is_not_shown_in_another(client):
    event = make.event(title={"en": "Soil", "fr": "Les sols"}, languages=["en", "fr"])

    english = text(client.get(f"/events/{event.slug}/", headers={"accept-language": "en"}))
    french = text(client.get(f"/events/{event.slug}/", headers={"accept-language": "fr"}))

    assert "<h1>Soil</h1>" in english
    assert "<h1>Les sols</h1>" in french


def test_page_of_a_signed_in_member_is_not_kept_for_others(client):
    event = make.event()
    colleague = Client()
    colleague.force_login(make.member())

    own = text(colleague.get(f"/events/{event.slug}/"))
    stranger = text(client.get(f"/events/{event.slug}/"))
    own_again = text(colleague.get(f"/events/{event.slug}/"))

    assert 'href="/desk/"' in own
    assert 'href="/desk/"' not in stranger
    assert 'href="/desk/"' in own_again


def test_page_says_few_and_never_how_many(client):
    event = make.event(places=20)
    for _number in range(18):
        make.registration(event, letter=False)

    shown = text(client.get(f"/events/{event.slug}/"))

    assert "Few places left" in shown
    assert not re.search(r"\b2 places", shown)


def test_page_and_list_come_while_redis_is_away(client, settings):
    event = make.event()
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.2},
        }
    }

    assert cache.get("anything") is None
    assert event.slug in client.get("/").content.decode()
    assert client.get(f"/events/{event.slug}/").status_code == 200


# --- calendars ------------------------------------------------------------------------------------------------------
def test_ics_of_an_event_is_one_entry_without_the_address_of_the_meeting(client):
    event = make.event(title={"en": "Soil"}, format="hybrid", online=10, online_url="https://meet.example/secret")

    response = client.get(f"/events/{event.slug}/event.ics")
    entries = Calendar.from_ical(response.content).walk("VEVENT")

    assert response["Content-Type"].startswith("text/calendar")
    assert [entry["SUMMARY"] for entry in entries] == ["Soil"]
    assert entries[0]["UID"] == event.calendar_uid
    assert b"meet.example" not in response.content


def test_feed_holds_the_listed_events_in_the_wanted_language(client):
    make.event(title={"en": "Soil", "de": "Boden"}, languages=["en", "de"])
    make.event(title={"en": "Hidden"}, visibility="unlisted")

    response = client.get("/events/feed.ics?language=de")
    entries = Calendar.from_ical(response.content).walk("VEVENT")

    assert [entry["SUMMARY"] for entry in entries] == ["Boden"]


@pytest.mark.parametrize("number", [1, 3])
def test_feed_asks_the_same_queries_for_one_event_and_for_three(client, number, django_assert_num_queries):
    for _number in range(number):
        make.event()

    with django_assert_num_queries(1):
        client.get("/events/feed.ics")


# --- colours and notices --------------------------------------------------------------------------------------------
def test_brand_is_a_cacheable_style_sheet_that_changes_with_the_colours(client):
    office = make.delegation(slug="lille", accent="#7a1f3d", ink="#112233")

    first = client.get("/delegations/lille/brand.css")
    same = client.get("/delegations/lille/brand.css", headers={"if-none-match": first["ETag"]})
    office.accent = "#123456"
    office.save()
    changed = client.get("/delegations/lille/brand.css", headers={"if-none-match": first["ETag"]})

    assert first.content.decode().strip() == ":root { --brand-accent: #7a1f3d; --brand-ink: #112233; }"
    assert first["Content-Type"].startswith("text/css")
    assert same.status_code == 304
    assert "#123456" in changed.content.decode()
    assert client.get("/delegations/nobody/brand.css").status_code == 404


def test_privacy_names_the_controller_of_each_delegation(client):
    make.delegation(slug="lille", controller="Metropolis of Lille", data_protection_contact="dpo@lille.example")
    make.delegation(slug="hesse", name={"en": "Hesse"}, controller="Land of Hesse")

    chosen = text(client.get("/privacy/lille/"))
    choice = text(client.get("/privacy/"))

    assert "Metropolis of Lille" in chosen
    assert "dpo@lille.example" in chosen
    assert "Land of Hesse" not in chosen
    assert 'href="/privacy/hesse/"' in choice


def test_privacy_of_the_only_delegation_needs_no_choice(client):
    make.delegation(controller="Metropolis of Lille")

    assert "Metropolis of Lille" in text(client.get("/privacy/"))


def test_accessibility_claims_no_more_than_the_weakest_delegation(client):
    make.delegation(accessibility="full")
    make.delegation(accessibility="partial", email="help@office.example")

    shown = text(client.get("/accessibility/"))

    assert "partially complies" in shown
    assert "fully complies" not in shown
    assert "help@office.example" in shown


@pytest.mark.parametrize("path", ["/", "/events/past/", "/accessibility/", "/privacy/", "/events/feed.ics"])
def test_public_pages_change_nothing_and_take_no_post(client, path):
    make.event()
    before = list(Event.objects.values())

    assert client.post(path).status_code == 405
    client.get(path)

    assert list(Event.objects.values()) == before


def test_home_page_says_how_accessible_the_site_is(client):
    make.delegation(accessibility="partial")

    assert "Accessibility: partially compliant" in text(client.get("/"))
    assert "Accessibility: partially compliant" in text(client.get("/accessibility/"))


def test_cover_is_shown_on_the_page_and_kept_by_browsers(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    event = make.event()
    event.cover.save("0123456789abcdef0123456789abcdef.jpg", ContentFile(b"a picture"), save=False)
    Event.objects.filter(pk=event.pk).update(cover=event.cover.name, cover_alt={"en": "A tram in snow"})

    page = client.get(f"/events/{event.slug}/").content.decode()
    response = client.get(event.cover.url)

    assert f'<img class="hero__picture" src="{event.cover.url}" alt="A tram in snow">' in page
    assert f'<meta property="og:image" content="{settings.PUBLIC_URL}{event.cover.url}">' in page
    assert b"".join(response.streaming_content) == b"a picture"
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["none.jpg", "..%2Fsecret_key", "%2e%2e/guimard.sqlite3", "x.svg"])
def test_cover_gives_out_nothing_but_covers(client, name):
    assert client.get(f"/media/covers/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/?theme=%00&delegation=%00&page=%00",
        "/?page=-1&theme='%20OR%201=1",
        "/events/past/?page=999999999999999999999",
        "/events/feed.ics?language=%00&delegation=%FF",
        "/events/%00/",
        "/events/nothing/event.ics",
        "/events/nothing/register/",
        "/events/nothing/registered/%F0%9F%98%80/",
        "/my/99999999999999999999999/x/",
        "/my/1/%F0%9F%98%80%00/",
        "/privacy/nothing/",
    ],
)
def test_public_pages_answer_nonsense_without_an_error(client, path):
    make.event()

    assert client.get(path).status_code in (200, 404)
