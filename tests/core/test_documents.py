import io
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from core import documents, glyphs
from core.documents import LettersMissing, render_pdf

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAGE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Noto Sans", lang: "en")
= #data.name
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "page.typ"
    path.write_text(PAGE)
    return path


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_render_pdf_is_tagged_titled_and_dated(template):
    reader = PdfReader(io.BytesIO(render_pdf(template, {"title": "Report", "name": "Ana"}, AT)))

    assert reader.metadata.title == "Report"
    assert reader.metadata.creation_date == AT
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.xmp_metadata.rdf_root.toxml().count("pdfuaid:part") == 2


def test_render_pdf_twice_gives_equal_bytes(template):
    first = render_pdf(template, {"title": "Report", "name": "Ana"}, AT)
    render_pdf(template, {"title": "Another", "name": "Bo"}, AT)

    assert render_pdf(template, {"title": "Report", "name": "Ana"}, AT) == first


@pytest.mark.parametrize(
    "name", ['#panic("x")', "*bold* _it_ $x$ @ref <label> \\ //", '"); #read("/etc/passwd")', "{x} [y]"]
)
def test_render_pdf_with_markup_in_a_name_prints_it_as_it_is(template, name):
    assert " ".join(text_of(render_pdf(template, {"title": "T", "name": name}, AT)).split()) == name


def test_render_pdf_with_letters_no_font_has_names_them_and_their_text(template):
    with pytest.raises(LettersMissing) as caught:
        render_pdf(template, {"title": "T", "name": "Ana", "more": [{"deep": ["Li 李明"]}]}, AT)

    assert caught.value.found == {"Li 李明": ["明", "李"]}
    assert caught.value.message == "“Li 李明” can't be printed: our fonts lack 明 李."


def test_render_pdf_without_title_is_refused(template):
    template.write_text('#set text(font: "Noto Sans")\n= Name')

    with pytest.raises(Exception, match="title"):
        render_pdf(template, {}, AT)


def test_render_pdf_without_fonts_says_what_to_do(template, tmp_path, monkeypatch):
    monkeypatch.setattr(glyphs, "FONTS", tmp_path / "none")
    monkeypatch.setattr(documents, "_press", documents._Press())

    with pytest.raises(glyphs.FontsMissing, match="build the front end"):
        render_pdf(template, {"title": "T", "name": "Ana"}, AT)


def test_render_pdf_from_many_threads_gives_each_its_own(template):
    results = {}
    threads = [
        threading.Thread(
            target=lambda n=n: results.update({n: text_of(render_pdf(template, {"title": "T", "name": f"No {n}"}, AT))})
        )
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert results == {n: f"No {n}" for n in range(8)}


FORKING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from core.documents import CompiledBeforeFork, render_pdf

def compile():
    return render_pdf(Path(sys.argv[1]), {"title": "T", "name": "Ana"}, datetime(2026, 3, 2, tzinfo=UTC))

if sys.argv[2] == "before":
    compile()
child = os.fork()
if child == 0:
    signal.alarm(20)
    try:
        compile()
    except CompiledBeforeFork:
        os._exit(7)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(("moment", "code"), [("before", 7), ("never", 0)])
def test_render_pdf_in_a_forked_child_works_or_refuses_but_never_hangs(template, moment, code):
    done = subprocess.run(
        [sys.executable, "-c", FORKING, str(template), moment],
        cwd=os.getcwd(),
        timeout=60,
        capture_output=True,
        text=True,
    )

    assert done.returncode == code, done.stderr
