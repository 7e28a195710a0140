"""Each test begins with an empty cache and no page in memory: slugs come back from test to test."""

import pytest
from django.core.cache import cache

from events import page_cache


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()
    page_cache.forget_all()
