import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from registrations.badges import badge_png, badge_svg
from registrations.badges.symbol import SIDE, badge_path, modules
from registrations.services.register import new_badge_code
from tests.registrations.badges.pages import codes

CODE = "GUIMARD2345672345672345672"


def drawn(path):
    """The path's rectangles laid out as modules: an independent reading of what a renderer does."""
    grid = [[False] * SIDE for _row in range(SIDE)]
    for piece in path.strip("Mz").split("zM"):
        start, rest = piece.split("h", 1)
        x, y = map(int, start.split())
        for step in range(int(rest.split("v")[0])):
            grid[y][x + step] = True
    return grid


def test_badge_png_of_many_codes_scans_to_the_bare_code():
    made = [new_badge_code() for _number in range(40)]

    assert [codes(Image.open(io.BytesIO(badge_png(code))).convert("L")) for code in made] == [[code] for code in made]


def test_badge_png_is_small_and_has_its_quiet_zone():
    image = Image.open(io.BytesIO(badge_png(CODE)))

    assert image.size == (264, 264)
    assert image.convert("L").point(lambda value: 255 - value).getbbox() == (32, 32, 232, 232)
    assert len(badge_png(CODE)) < 1000


def test_badge_path_draws_exactly_the_modules():
    grid = drawn(badge_path(CODE))

    assert [tuple(row[4:29]) for row in grid[4:29]] == list(modules(CODE))
    assert sum(map(sum, grid)) == sum(map(sum, modules(CODE)))


def test_badge_svg_is_well_formed_and_speaks():
    tree = ElementTree.fromstring(badge_svg(CODE, 'Badge of "Ana" <Exemplová>'))

    assert tree.get("viewBox") == "0 0 33 33"
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == 'Badge of "Ana" <Exemplová>'
    assert "style" not in badge_svg(CODE)


def test_badge_svg_without_label_is_hidden_from_readers():
    assert ElementTree.fromstring(badge_svg(CODE)).get("aria-hidden") == "true"


@pytest.mark.parametrize(
    "code", ["", "short", CODE.lower(), CODE + "A", "https://guests.example/ABCDE", CODE[:-1] + "1"]
)
def test_badge_path_of_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="26"):
        badge_path(code)
