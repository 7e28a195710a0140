"""The demo that runs while its pages are walked through."""

from collections.abc import Iterator

import pytest

from tests.journey.demo import Demo
from tests.processes import python


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Iterator[Demo]:
    """The demo in all its parts, by the command that ``make run`` becomes when all is built; skips without a Chromium.

    As make does, it goes through the launcher, which ends it should this test run be killed.
    """
    command = python("-I", "-S", "config/launcher.py", "0", *python("-m", "config.run"))
    with Demo(tmp_path_factory.mktemp("demo"), command) as running:
        yield running
