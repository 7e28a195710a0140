from core.glyphs import missing_letters


def test_missing_letters_of_european_names_are_none():
    names = "Łódź Θεσσαλονίκη Şəhər Ørsted Þórður Ņikita Nguyễn Ж. Ђорђевић Їжак Ș-Ț “L’Haÿ” ǅ"

    assert missing_letters(names) == set()


def test_missing_letters_of_other_scripts_are_named():
    assert missing_letters("Li 李明, 🌸") == {"李", "明", "🌸"}


def test_missing_letters_with_combining_accent_are_looked_at_as_printed():
    assert missing_letters("e\u0301 A\u030a s\u0327") == set()


def test_missing_letters_of_marks_without_ink_are_none():
    assert missing_letters("soft\u00adhyphen no\u200bspace join\u200der \u202atext\u202c ☃\ufe0f") - {"☃"} == set()


def test_missing_letters_agrees_with_the_font_library(settings):
    from PIL import ImageFont

    from core.glyphs import FONTS

    font = ImageFont.truetype(str(FONTS / "NotoSans-Bold.ttf"), 40)
    hole = bytes(font.getmask("\uffff"))
    drawn = {
        chr(point) for point in range(0x391, 0x3CA) if chr(point).isalpha() and bytes(font.getmask(chr(point))) != hole
    }

    assert drawn
    assert not missing_letters("".join(drawn))
