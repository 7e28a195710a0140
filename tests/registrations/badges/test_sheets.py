import pytest

from registrations.badges.sheets import SHEETS, Layout, Run


def corners(run, count):
    return [[(x, y) for x, y, _index in page] for page in run.pages(count)]


@pytest.mark.parametrize(
    ("layout", "first", "second", "third", "last"),
    [
        (Layout.LABELS, (18, 13), (113, 13), (18, 68), (113, 233)),
        (Layout.CARDS, (15, 13.5), (110, 13.5), (15, 67.5), (110, 229.5)),
        (Layout.A6_ON_A4, (0, 0.5), (105, 0.5), (0, 148.5), (105, 148.5)),
    ],
)
def test_pages_of_a_full_sheet_lie_where_the_paper_has_its_labels(layout, first, second, third, last):
    (page,) = corners(Run(layout), SHEETS[layout].places)

    assert (page[0], page[1], page[2], page[-1]) == (first, second, third, last)


@pytest.mark.parametrize("layout", Layout)
def test_sheet_of_each_layout_stays_on_its_paper_without_overlap(layout):
    sheet = SHEETS[layout]
    right, bottom = sheet.corner(sheet.places - 1)

    assert right + sheet.size[0] <= sheet.page[0]
    assert bottom + sheet.size[1] <= sheet.page[1]
    assert sheet.pitch[0] >= sheet.size[0]
    assert sheet.pitch[1] >= sheet.size[1]


def test_pages_with_a_used_sheet_begin_at_its_first_free_label():
    pages = list(Run(Layout.LABELS, start=9).pages(4))

    assert pages == [[(18, 233, 0), (113, 233, 1)], [(18, 13, 2), (113, 13, 3)]]


def test_pages_with_offsets_move_right_and_down():
    ((x, y, _index),) = next(Run(Layout.LABELS, offset_x=1.5, offset_y=-0.75).pages(1))

    assert (x, y) == (19.5, 12.25)


def test_pages_on_both_sides_put_each_back_behind_its_front():
    front, back = Run(Layout.CARDS, both_sides=True).pages(3)

    assert front == [(15, 13.5, 0), (110, 13.5, 1), (15, 67.5, 2)]
    mirrored = {index: (210 - x - 85, y) for x, y, index in back}
    assert mirrored == {index: (x, y) for x, y, index in front}


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (10, 1), (11, 2), (150, 15)])
def test_pages_hold_everybody_once(count, pages):
    made = list(Run(Layout.LABELS).pages(count))

    assert len(made) == pages
    assert sorted(index for page in made for _x, _y, index in page) == list(range(count))
