"""The running demo and those who use it: sign-ins, letters, and an eye on what the pages do."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.processes import Running, clean_environment, free_port, living, wait_until

PASSWORD = "nine-rue-guimard"


class Demo:
    """One installation in demo mode with a folder and a port of its own; a context manager that leaves no process."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        self.home, self.port = folder / "home", free_port()
        self.address = f"http://localhost:{self.port}"
        values = {"GUIMARD_HOME": str(self.home), "PORT": str(self.port)}
        self.running = Running(command, folder / "run.log", clean_environment(**values))

    def __enter__(self) -> "Demo":
        self.running.start().wait_for(lambda: "Ctrl-C stops everything" in self.running.text, 120)
        return self

    def __exit__(self, *_: object) -> None:
        self.running.stop()

    @property
    def processes(self) -> list[int]:
        """The ids of all processes that belong to it."""
        return living(f"GUIMARD_HOME={self.home}")

    def url(self, path: str) -> str:
        return f"{self.address}{path}"


class Watch:
    """What the pages of one browser context did that no page may do: ask another machine, break the CSP, fail in script."""

    def __init__(self, context: Any) -> None:
        self.faults: list[str] = []
        context.on("request", self._look_at_request)
        context.on("console", self._look_at_message)
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))

    def _look_at_request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.hostname != "localhost":
            self.faults.append(f"asked another machine: {request.url}")

    def _look_at_message(self, message: Any) -> None:
        # A page that says "not found" or "this field is missing" comes with such a status, and Chromium writes it down.
        is_answer = re.search(r"the server responded with a status of 4(04|22|29|03|00|10)", message.text)
        if message.type == "error" and not is_answer:
            self.faults.append(f"console: {message.text} at {message.location}")


def open_context(browser: Any, width: int = 1280, height: int = 900, **options: Any) -> Any:
    """A browser context of one person: their cookies, their screen, a patience for a busy machine."""
    kept = {"viewport": {"width": width, "height": height}, "locale": "en-GB", "timezone_id": "Europe/Brussels"}
    context = browser.new_context(**{**kept, **options})
    context.set_default_timeout(30_000)
    return context


def sign_in(page: Any, demo: Demo, who: str) -> None:
    """Sign in as ``organiser``, ``door``, ``admin`` or ``head`` on the page that asks for it."""
    page.goto(demo.url("/accounts/login/"))
    page.get_by_label(re.compile("^e-?mail", re.IGNORECASE)).fill(f"{who}@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def fill_person(page: Any, given: str, family: str, address: str) -> None:
    """Fill in the form of a guest, by the labels that a person reads."""
    page.get_by_label("Given name").fill(given)
    page.get_by_label("Family name").fill(family)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Organisation").fill("City of Example")
    page.get_by_label("Country").select_option("BE")


def letters(page: Any, demo: Demo, to: str) -> list[str]:
    """The pages of the letters to this address in the demo's mailbox, newest first."""
    page.goto(demo.url(f"/mailbox/?to={to}"))
    return [link.get_attribute("href") for link in page.locator("a.table__main").all()]


def wait_for_letter(page: Any, demo: Demo, to: str, number: int = 1) -> EmailMessage:
    """Reload the mailbox until ``number`` letters to this address are there; open and return the newest, as it was sent."""
    wait_until(lambda: len(letters(page, demo, to)) >= number, 60, f"letter {number} to {to} did not come")
    page.locator("a.table__main").first.click()
    raw = page.get_by_role("link", name="The whole letter").get_attribute("href")
    message = email.message_from_bytes(page.request.get(demo.url(raw)).body(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def badge_picture(letter: EmailMessage) -> bytes:
    """The QR code that the letter shows in its text (RFC 2392: a picture that is named by its Content-ID)."""
    pictures = [part for part in letter.walk() if part.get_content_type() == "image/png" and part["Content-ID"]]
    assert len(pictures) == 1
    html = letter.get_body(("html",))
    assert html is not None
    assert f"cid:{pictures[0]['Content-ID'].strip('<>')}" in html.get_content()
    return bytes(pictures[0].get_content())


def manage_link(letter: EmailMessage) -> str:
    """The private address of the guest's own page."""
    text = letter.get_body(("plain",))
    assert text is not None
    found = re.search(r"http://localhost:\d+/my/\d+/[^/\s]+/", text.get_content())
    assert found, text.get_content()
    return found[0]
