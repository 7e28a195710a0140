from hypothesis import given
from hypothesis import strategies as st

from registrations.letters.colours import CONTRAST, contrast, readable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_of_black_and_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_readable_leaves_a_dark_colour_alone():
    assert readable("#1f4d3a", "#fffcf6") == "#1f4d3a"


@given(colour=COLOURS, ground=st.sampled_from(["#ffffff", "#fffcf6"]))
def test_readable_any_colour_can_be_read(colour, ground):
    assert contrast(readable(colour, ground), ground) >= CONTRAST
