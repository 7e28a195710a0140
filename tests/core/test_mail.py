import socket
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address

import pytest
from aiosmtpd.controller import Controller

from core.mail import FolderBackend, Mail, NotNow, Refused, deliver, hang_up
from tests.processes import free_port


class Server:
    """A mail server that answers as it is told and counts its connections."""

    def __init__(self):
        self.port, self.taken, self.connections = free_port(), [], 0
        self.to_recipient, self.to_letter, self.to_sender = "250 fine", "250 taken", "250 fine"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.to_sender.startswith("250"):
            envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.to_letter.startswith("250"):
            self.taken.append(envelope.content)
        return self.to_letter


@pytest.fixture
def server(settings):
    server = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    server.controller = controller
    yield server
    hang_up()
    server.controller.stop()


def letter(**fields):
    defaults = {"subject": "A letter", "to": ["ada@guests.example"], "from_email": "Office <office@office.example>"}
    return Mail(text="Łódź", html="<p>Łódź</p>", **{**defaults, **fields})


def test_deliver_many_letters_keeps_one_connection(server):
    for _number in range(5):
        deliver(letter())

    assert len(server.taken) == 5
    assert server.connections == 1


def test_deliver_after_the_server_hung_up_connects_anew(server):
    deliver(letter())
    server.controller.stop()
    server.controller = Controller(server, hostname="127.0.0.1", port=server.port)
    server.controller.start()

    deliver(letter())

    assert len(server.taken) == 2
    assert server.connections == 2


@pytest.mark.parametrize(
    ("step", "answer", "meaning"),
    [
        ("to_recipient", "550 5.1.1 no such mailbox", Refused),
        ("to_recipient", "451 4.7.1 greylisted", NotNow),
        ("to_letter", "554 5.7.1 looks like spam", Refused),
        ("to_letter", "452 4.2.2 mailbox full", NotNow),
        ("to_letter", "421 4.3.2 shutting down", NotNow),
        ("to_sender", "550 5.7.1 who are you", NotNow),
    ],
)
def test_deliver_refused_says_what_the_server_said_and_the_next_letter_goes(server, step, answer, meaning):
    fine = getattr(server, step)
    setattr(server, step, answer)
    with pytest.raises(meaning, match=answer.replace(".", r"\.")):
        deliver(letter())
    setattr(server, step, fine)

    deliver(letter())

    assert len(server.taken) == 1


def test_deliver_nobody_listening_is_not_now(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    with pytest.raises(NotNow, match="refused"):
        deliver(letter())


def test_deliver_server_that_never_speaks_is_not_now(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.3

        with pytest.raises(NotNow, match="timed out"):
            deliver(letter())


def test_mail_over_the_wire_reads_back_whole(server):
    sent = letter(subject="Θεσσαλονίκη", headers={"Content-Language": "el"})
    sent.add_picture("badge", b"\x89PNG")
    sent.add_file("événement.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar", method="PUBLISH")

    deliver(sent)

    [content] = server.taken
    read = message_from_bytes(content, policy=policy.default)
    assert read["Subject"] == "Θεσσαλονίκη"
    assert read["Content-Language"] == "el"
    assert read.get_body(("html",)).get_content().strip() == "<p>Łódź</p>"
    assert [part.get_filename() for part in read.iter_attachments()] == ["événement.ics"]
    assert max(map(len, content.splitlines())) < 998  # RFC 5322, 2.1.1
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "words", ["Θεσσαλονίκη " * 12, "Łódź, Gdańsk " * 9, "Grundstücksverkehrsgenehmigungszuständigkeiten " * 4, "short"]
)
def test_mail_long_header_in_any_script_reads_back_word_for_word(server, words):
    name = words.replace(",", "").strip()

    deliver(letter(subject=words, from_email=str(Address(display_name=name, addr_spec="office@office.example"))))

    # Read by the older parser: the newer one puts spaces between the encoded words of a name.
    read = message_from_bytes(server.taken[0])
    subject, sender = (str(make_header(decode_header(read[header]))) for header in ("Subject", "From"))
    assert subject.split() == words.split()
    assert sender.split() == [*name.split(), "<office@office.example>"]
    head = server.taken[0].split(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, head.splitlines())) <= 998


def test_mail_line_break_in_a_header_is_refused():
    with pytest.raises(ValueError, match="linefeed"):
        letter(subject="One\r\nBcc: two@guests.example").message()


def test_folder_backend_names_sort_by_time_and_leave_no_drafts(settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path / "mail"

    for number in range(3):
        FolderBackend().send_messages([letter(subject=f"Letter {number}")])

    files = sorted(settings.MAIL_FOLDER.iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    subjects = [message_from_bytes(file.read_bytes(), policy=policy.default)["Subject"] for file in files]
    assert subjects == ["Letter 0", "Letter 1", "Letter 2"]
