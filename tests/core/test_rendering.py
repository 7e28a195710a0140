"""Forms in the house's look: what is wrong must be found by eye, by keyboard and by screen reader alike."""

import re

from django import forms


class Sample(forms.Form):
    name = forms.CharField(label="Name")
    email = forms.EmailField(label="E-mail address", help_text="Your badge <b>goes</b> there.")
    organisation = forms.CharField(label="Organisation", required=False)
    mode = forms.ChoiceField(label="Mode", choices=[("a", "In person"), ("b", "Online")], widget=forms.RadioSelect)
    news = forms.BooleanField(label="Keep me posted", required=False)


def render(data: dict[str, str] | None = None) -> str:
    return Sample(data).render()


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_form_untouched_shows_no_error_and_marks_optional_fields_only() -> None:
    html = render()

    assert "error-summary" not in html
    assert re.findall(r"<label for=\"id_(\w+)\">[^<]+<span class=\"field__optional\">", html) == ["organisation"]


def test_form_with_errors_keeps_what_was_typed_and_links_each_error_to_its_field() -> None:
    html = render({"name": "", "email": "ana@", "mode": "x"})

    targets = re.findall(r'<li><a href="#([^"]+)">', html)
    assert targets == ["id_name", "id_email", "id_mode_0"]
    assert set(targets) <= ids(html)
    assert 'value="ana@"' in html


def test_field_with_help_and_error_is_described_by_both() -> None:
    html = render({"name": "Ana", "email": "ana@", "mode": "a"})

    described = re.search(r'<input type="email"[^>]* aria-describedby="([^"]+)"', html)
    assert described is not None
    assert described[1].split() == ["id_email_helptext", "id_email_error"]
    assert set(described[1].split()) <= ids(html)
    assert html.count('aria-invalid="true"') == 1


def test_help_text_with_markup_is_escaped() -> None:
    assert "Your badge &lt;b&gt;goes&lt;/b&gt; there." in render()


def test_choices_are_one_group_with_a_legend() -> None:
    html = render()

    group = html[html.index("<fieldset") : html.index("</fieldset>")]
    assert "<legend>Mode" in group
    assert group.count('type="radio"') == 2


def test_tick_box_stands_inside_its_label() -> None:
    assert re.search(
        r'<label class="field__tick" for="id_news"><input type="checkbox" name="news" id="id_news">', render()
    )


def test_hidden_field_with_an_error_is_named_in_the_summary() -> None:
    class WithHidden(forms.Form):
        issued = forms.CharField(
            widget=forms.HiddenInput, error_messages={"required": "The page was open for too long."}
        )

    html = WithHidden({}).render()

    assert "<li>The page was open for too long.</li>" in html
