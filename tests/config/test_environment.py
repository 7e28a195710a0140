"""What the settings read from the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

pytestmark = pytest.mark.once


def test_value_comes_from_the_variable_before_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    from_file = environment.value("SECRET_KEY")
    monkeypatch.setenv("SECRET_KEY", "from the variable")

    assert from_file == "from the file"
    assert environment.value("SECRET_KEY") == "from the variable"


def test_secret_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = environment.secret_key(tmp_path)

    assert environment.secret_key(tmp_path) == first
    assert environment.secret_key(tmp_path / ".." / tmp_path.name) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_secret_key_of_two_installations_differs(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert environment.secret_key(tmp_path / "a") != environment.secret_key(tmp_path / "b")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL"])
def test_demo_next_to_a_setting_of_a_deployment_is_refused_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIMARD_DEMO", "1")
    alone = environment.is_demo()
    monkeypatch.setenv(name, "given")

    assert alone is True
    with pytest.raises(ImproperlyConfigured, match=name):
        environment.is_demo()
