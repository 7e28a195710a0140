"""What an event and its building say of themselves."""

import pytest

from events.models import Pool, Venue


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("9 rue Guimard", "9 rue Guimard, 1040 Brussels"),
        ("House of Regions", "House of Regions, 9 rue Guimard, 1040 Brussels"),
    ],
)
def test_venue_full_name_says_nothing_twice(name, expected):
    assert Venue(name=name, street="9 rue Guimard", postcode="1040", city="Brussels").full_name == expected


@pytest.mark.parametrize(
    ("size", "taken", "left", "full"), [(None, 900, None, False), (3, 1, 2, False), (3, 3, 0, True), (0, 0, 0, True)]
)
def test_pool_left_and_full_are_true_also_without_a_limit(size, taken, left, full):
    pool = Pool(size=size, taken=taken)

    assert (pool.left, pool.is_full) == (left, full)
