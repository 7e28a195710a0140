"""A walk through the pages by their links, looking at each on a wide screen, on a phone, in the dark and at 320 px.

``SHOTS=folder`` keeps a picture of each page on the wide screen and on the phone.
"""

import os
import re
from collections import Counter, deque
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve

from tests.journey.demo import Demo

# WCAG 2.1 AA and what axe calls best practice; the second run only looks at the colours.
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS: dict[str, Any] = {**ALL_RULES, "runOnly": ["color-contrast"]}
WIDE, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 320, "height": 640}
# Pages of which one example does not show all: how many are looked at.
EXAMPLES = {
    "events:page": 5,
    "registrations:form": 2,
    "desk:event": 6,
    "desk:guest": 2,
    "totals:figure": 2,
    "totals:delegation": 2,
}


@cache
def name_of(path: str) -> str:
    """The name of an address in the URL configuration; the mailbox, which only the demo has, by its words."""
    if path.startswith("/mailbox/"):
        return "mailbox_html" if path.endswith("/html/") else "mailbox_letter" if path != "/mailbox/" else "mailbox"
    try:
        return str(resolve(path).view_name)
    except Resolver404:
        return ""


class Walk:
    """One person's walk; ``visited`` counts the pages seen by name, ``faults`` says what was wrong and where."""

    def __init__(self, page: Any, demo: Demo, no_pages: set[str]) -> None:
        self.page, self.demo, self.no_pages = page, demo, no_pages
        self.visited: Counter[str] = Counter()
        self.faults: list[str] = []
        self._done: set[str] = set()
        self._shots = os.environ.get("SHOTS", "")

    def follow(self, *starts: str) -> None:
        """Look at the pages at ``starts`` and at all that can be reached from them, a few of each name."""
        waiting = deque(starts)
        while waiting:
            path = waiting.popleft()
            name = name_of(path)
            # No script may run in a letter, axe neither; look_at_letter() is for those.
            if (
                path in self._done
                or name in self.no_pages | {"mailbox_html"}
                or self.visited[name] >= EXAMPLES.get(name, 1)
            ):
                continue
            self._done.add(path)
            answer = self.page.goto(self.demo.url(path))
            if answer.status >= 400:
                self.faults.append(f"{path}: a link leads to a page that answers {answer.status}")
                continue
            self.look()
            waiting.extend(self._links())

    def _links(self) -> list[str]:
        hrefs = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        inside = [urlsplit(href) for href in hrefs if href.startswith(self.demo.address + "/")]
        return [parts.path for parts in inside if name_of(parts.path) and "/operator/" not in parts.path]

    def open(self, path: str, state: str) -> None:
        """Go to a page that no link leads to, and look at it."""
        self.page.goto(self.demo.url(path))
        self.look(state)

    def look_at_letter(self, path: str) -> None:
        """Judge the HTML of a letter; where it stands no script may run, so it is opened by itself."""
        html = self.page.request.get(self.demo.url(path)).text()
        self.page.goto("about:blank")
        self.page.set_content(html)
        self._look(name_of(path), path)

    def look(self, state: str = "") -> None:
        """Judge the page as it stands now; in a ``state`` (an error, say) it does not count as the page itself."""
        path = urlsplit(self.page.url).path
        self._look("" if state else name_of(path), f"{path} {state}".strip())

    def _look(self, name: str, where: str) -> None:
        page = self.page
        self.visited[name] += 1
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            self._judge(f"{where} at {size['width']} px", ALL_RULES)
            self._keep_picture(where, size["width"])
        if not name or self.visited[name] == 1:
            page.emulate_media(color_scheme="dark")
            self._judge(f"{where} in the dark", COLOURS)
            page.emulate_media(color_scheme="light")
        self._measure(where)

    def _measure(self, where: str) -> None:
        """Whether the page fits the smallest screen (WCAG 1.4.10: 320 CSS pixels)."""
        page = self.page
        page.set_viewport_size(NARROW)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            self.faults.append(f"{where}: {wider} px too wide for 320 px")
        page.set_viewport_size(WIDE)

    def _judge(self, where: str, options: dict[str, Any]) -> None:
        # Colours must not be measured half way through a transition.
        self.page.evaluate("Promise.all(document.getAnimations().map(one => { try { one.finish() } catch {} }))")
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE_SCRIPT)
        for violation in self.page.evaluate("options => axe.run(options)", options)["violations"]:
            places = [f"{' '.join(map(str, node['target']))} {_reason(node)}" for node in violation["nodes"][:3]]
            self.faults.append(f"{where}: {violation['id']} ({len(violation['nodes'])}): {'; '.join(places)}")

    def _keep_picture(self, where: str, width: int) -> None:
        if self._shots:
            name = re.sub(r"[^a-z0-9]+", "-", where.lower()).strip("-")[:70] or "home"
            self.page.screenshot(path=Path(self._shots) / f"{name}-{width}.png", full_page=True)


class NarrowWalk(Walk):
    """The same walk, looking at widths only."""

    def _look(self, name: str, where: str) -> None:
        self.visited[name] += 1
        self._measure(where)
        self._keep_picture(where, WIDE["width"])


def _reason(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return str(checks[0]["message"]) if checks else ""
