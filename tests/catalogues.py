"""Are the French, Dutch and German catalogues complete? ``python tests/catalogues.py`` says what is missing, and fails then.

The texts of today's code are gathered anew (GNU gettext's xgettext does it) beside a copy of the tree, and compared with
``locale/``; each must be translated, not marked as fuzzy, and keep its placeholders.
"""

import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("de", "fr", "nl")
SOURCES = ("config", "core", "delegations", "events", "registrations", "checkin", "totals", "desk", "templates")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def read(path: Path) -> Catalog:
    """The catalogue in a .po file; an empty one where there is no such file."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def gathered() -> Catalog:
    """The texts that the code and the templates have today. Raises RuntimeError when xgettext can't be run."""
    if not shutil.which("xgettext"):
        raise RuntimeError("GNU gettext is not here. On Debian or Ubuntu: apt install gettext")
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for name in SOURCES:
            shutil.copytree(
                ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "fonts", "migrations")
            )
        (tree / "locale").mkdir()
        (tree / "gather.py").write_text(
            "import django\n"
            "from django.conf import settings\n"
            "from django.core.management import call_command\n"
            "settings.configure(USE_I18N=True, LOCALE_PATHS=['locale'])\n"
            "django.setup()\n"
            "call_command('makemessages', locale=['fr'], verbosity=0)\n"
        )
        result = subprocess.run([sys.executable, "gather.py"], cwd=tree, capture_output=True, text=True)
        if result.returncode:
            raise RuntimeError(result.stderr.strip().splitlines()[-1])
        return read(tree / "locale" / "fr" / "LC_MESSAGES" / "django.po")


def placeholders(text: str) -> set[str]:
    """What a text has to have filled in."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def texts(value: object) -> list[str]:
    """A message's text or texts (one for each plural form) as a list."""
    return [str(text) for text in value] if isinstance(value, list | tuple) else [str(value)]


def fault(wanted: Message, found: Message | None) -> str:
    """What is wrong with the translation of one text; empty when it is fine."""
    if found is None:
        return "is not in the catalogue (make messages)"
    if found.fuzzy:
        return "is marked as fuzzy"
    translations = texts(found.string)
    if not all(text.strip() for text in translations):
        return "is not translated"
    allowed = set().union(*map(placeholders, texts(wanted.id)))
    extra = set().union(*map(placeholders, translations)) - allowed
    lost = allowed - set().union(*map(placeholders, translations))
    return f"has other placeholders: {', '.join(sorted(extra | lost))}" if extra or lost else ""


def faults(language: str, wanted: Catalog, catalogue: Catalog) -> list[str]:
    """One line for each text that is not translated as it must be."""
    found = []
    for message in wanted:
        if message.id and (reason := fault(message, catalogue.get(message.id, message.context))):
            found.append(f"{language}: “{texts(message.id)[0]}” {reason}")
    return found


def main() -> int:
    """Print every fault. Returns 1 when there is one."""
    with contextlib.redirect_stderr(io.StringIO()):
        wanted = gathered()
    found = [
        line
        for language in LANGUAGES
        for line in faults(language, wanted, read(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    ]
    print("\n".join(found) or f"{len(wanted)} texts, complete in {', '.join(LANGUAGES)}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
