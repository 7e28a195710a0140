"""The house rules that a machine can hold: import orders, sizes, names, and what must not be used at all."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT

pytestmark = pytest.mark.once

APPS = ("core", "delegations", "events", "registrations", "checkin", "totals", "desk")
PACKAGES = ("config", *APPS)
VAGUE_NAMES = {"utils", "helpers", "common", "misc", "util", "helper"}
SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}
WRITERS = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 50

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*packages: str) -> list[Path]:
    """The Python files of these packages, migrations left out."""
    files = (path for package in packages for path in (ROOT / package).rglob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, Function):
            yield node


def floor(path: Path, name: str) -> bool:
    """Whether a file belongs to the module ``name`` of an app, be it a file or a package."""
    return path.stem == name or name in path.relative_to(ROOT).parts[1:-1]


def broken_contracts() -> str:
    """What lint-imports says about the tree, empty when every contract is kept."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stdout + result.stderr


def test_import_orders_of_the_house_and_of_each_app_are_kept() -> None:
    assert not broken_contracts()


def test_import_order_with_a_forbidden_import_is_reported(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    (tmp_path / "core" / "models.py").write_text("import desk\n")
    (tmp_path / "events" / "services.py").write_text("import events.views\n")
    (tmp_path / "events" / "views.py").write_text("")

    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert result.returncode == 1
    assert "core is not allowed to import desk" in result.stdout
    assert "events.services is not allowed to import events.views" in result.stdout


@pytest.mark.parametrize("path", modules(*PACKAGES, "tests", "benchmarks"), ids=name_of)
def test_module_keeps_to_its_size(path: Path) -> None:
    lines = len(path.read_text().splitlines())

    assert lines <= LONGEST_MODULE, f"{name_of(path)} has {lines} lines: make it a package, split by noun"


def test_functions_keep_to_their_size() -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in modules(*PACKAGES, "tests", "benchmarks")
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert not long, "\n".join(long)


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [name_of(path) for path in modules(*PACKAGES, "tests") if VAGUE_NAMES & {path.stem, *path.parts}]

    assert not vague


def test_no_model_signal_is_used() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and SIGNALS & {alias.name for alias in node.names}
    ]

    assert not found, f"What follows from a change stands in the service that makes it: {found}"


def test_views_are_functions() -> None:
    classes = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in modules(*APPS)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith(("View", "ViewSet", "APIView")) for base in node.bases)
    ]

    assert not classes


def test_services_and_selectors_say_what_they_do() -> None:
    silent = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in modules(*APPS)
        if floor(path, "services") or floor(path, "selectors")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert not silent, "A public service or selector has a docstring:\n" + "\n".join(silent)


def test_verbs_take_their_arguments_by_keyword() -> None:
    """A service that is done by somebody or at a time is a verb, and is called as ``cancel(registration=…, by=…, at=…)``."""
    positional = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in modules(*APPS)
        if floor(path, "services")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, Function)
        and not node.name.startswith("_")
        and {"by", "at"} & {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        and node.args.args
    ]

    assert not positional, "\n".join(positional)


def test_only_services_write_to_the_database() -> None:
    """Views, APIs and tasks hand over to a service; forms and selectors write nothing."""
    writing = [
        f"{name_of(path)}:{node.lineno} .{node.func.attr}()"
        for path in modules(*APPS)
        if any(floor(path, name) for name in ("views", "api", "forms", "selectors"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS
        if "objects" in ast.unparse(node.func.value) or node.func.attr == "save"
    ]

    assert not writing, "\n".join(writing)
