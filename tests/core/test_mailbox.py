import pytest
from django.urls import include, path

from config.urls import urlpatterns as all_urls
from core.mail import FolderBackend, Mail

urlpatterns = [path("mailbox/", include("core.mailbox_urls")), *all_urls]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.test_mailbox")]


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEMO, settings.MAIL_FOLDER = True, tmp_path / "mail"


def write(
    subject="A letter", to="ada@guests.example", html='<html><head></head><body><img src="cid:badge"></body></html>'
):
    mail = Mail(text="Plain words", html=html, subject=subject, to=[to], from_email="Office <office@office.example>")
    mail.extra_headers["Date"] = "Thu, 06 Mar 2031 17:00:00 +0000"
    mail.add_picture("badge", b"\x89PNG")
    mail.add_file("badge.pdf", b"%PDF-1.7", "application/pdf")
    FolderBackend().send_messages([mail])


def newest(settings):
    return max(settings.MAIL_FOLDER.iterdir()).name


def test_mailbox_lists_letters_newest_first(client):
    write("First")
    write("Second", to="bob@guests.example")

    page = client.get("/mailbox/").content.decode()

    assert page.index("Second") < page.index("First")
    assert "bob@guests.example" in page


def test_mailbox_by_address_shows_only_its_letters(client):
    write("For Ada")
    write("For Bob", to="bob@guests.example")

    page = client.get("/mailbox/?to=BOB@").content.decode()

    assert "For Bob" in page
    assert "For Ada" not in page


def test_mailbox_empty_says_how_a_letter_comes(client):
    assert "Register for an event" in client.get("/mailbox/").content.decode()


def test_mailbox_letter_shows_text_files_and_a_frame(client, settings):
    write("<script>alert(1)</script>")
    name = newest(settings)

    answer = client.get(f"/mailbox/{name}/")

    page = answer.content.decode()
    assert "Plain words" in page
    assert "badge.pdf" in page
    assert f'src="/mailbox/{name}/html/"' in page
    assert "<script>alert" not in page
    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_mailbox_html_holds_its_pictures_and_runs_nothing(client, settings):
    write(html='<html><head></head><body><img src="cid:badge"><script>alert(1)</script></body></html>')

    answer = client.get(f"/mailbox/{newest(settings)}/html/")

    policy = answer["Content-Security-Policy"]
    assert '<img src="data:image/png;base64,iVBORw==">' in answer.content.decode()
    assert "cid:" not in answer.content.decode()
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "img-src data:;" in policy + ";"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_mailbox_file_is_a_download(client, settings):
    write()

    answer = client.get(f"/mailbox/{newest(settings)}/files/0/")

    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Disposition"] == 'attachment; filename="badge.pdf"'
    assert client.get(f"/mailbox/{newest(settings)}/files/7/").status_code == 404


@pytest.mark.parametrize("name", ["../secret_key", "..%2Fsecret_key", "secret_key", ".eml", "no-such.eml", "..eml"])
def test_mailbox_name_that_is_no_letter_is_not_found(client, settings, name):
    write()
    (settings.MAIL_FOLDER.parent / "secret_key").write_text("secret")

    for tail in ("", "html/", "raw/", "files/0/"):
        assert client.get(f"/mailbox/{name}/{tail}").status_code == 404


def test_mailbox_outside_the_demo_does_not_exist(client, settings):
    write()
    name = newest(settings)
    settings.DEMO = False

    for tail in ("", f"{name}/", f"{name}/html/", f"{name}/raw/", f"{name}/files/0/"):
        assert client.get(f"/mailbox/{tail}").status_code == 404


def test_mailbox_takes_no_posts(client):
    assert client.post("/mailbox/").status_code == 405
