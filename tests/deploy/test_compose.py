"""compose.yaml: its schema, its promises, and its commands run as plain processes on PostgreSQL and Redis."""

import json
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.run import commands
from tests.processes import ROOT, Running, clean_environment, free_port, python, wait_until
from tests.worker.installation import MailServer

OURS = ("migrate", "web", "worker", "beat")
HOST = "events.example"


def compose() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return data


@pytest.mark.once
def test_compose_file_keeps_to_the_compose_specification() -> None:
    command = [str(Path(sys.executable).with_name("check-jsonschema")), "--builtin-schema", "vendor.compose-spec"]

    result = subprocess.run([*command, "compose.yaml"], cwd=ROOT, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.once
@pytest.mark.parametrize("name", compose()["services"])
def test_service_runs_without_rights_it_does_not_need(name: str) -> None:
    service = compose()["services"][name]
    image_user = {"proxy", *OURS}  # set by USER in the Dockerfile

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert name in image_user or service["user"] not in ("root", "0")
    assert "privileged" not in service


@pytest.mark.once
def test_images_of_ours_end_as_somebody_who_is_not_root() -> None:
    stages = (ROOT / "Dockerfile").read_text().split("\nFROM ")
    users = {stage.splitlines()[0].split(" AS ")[1]: stage.rpartition("\nUSER ")[2].split()[0] for stage in stages[2:]}

    assert set(users) == {"app", "proxy"}
    assert not {"root", "0", "0:0"} & set(users.values())


@pytest.mark.once
def test_replicas_need_no_change_since_nothing_pins_web_or_worker_to_one() -> None:
    services = compose()["services"]

    assert not any({"container_name", "ports"} & set(services[name]) for name in ("web", "worker"))
    assert "dynamic a" in (ROOT / "deploy" / "Caddyfile").read_text()


@pytest.mark.once
def test_no_secret_stands_in_the_file() -> None:
    text = (ROOT / "compose.yaml").read_text()
    secrets = compose()["secrets"]

    assert all(set(secret) == {"file"} and secret["file"].startswith("./secrets/") for secret in secrets.values())
    assert not any("PASSWORD:" in line or "SECRET_KEY:" in line for line in text.splitlines())
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


@pytest.mark.once
@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_command_is_the_one_that_make_run_starts(name: str) -> None:
    assert compose()["services"][name]["command"] == ["python", *commands()[name][1:]]


@pytest.mark.once
def test_secrets_script_makes_what_compose_reads_and_keeps_what_is_there(tmp_path: Path) -> None:
    script = ["sh", str(ROOT / "deploy" / "secrets.sh"), str(tmp_path / "secrets")]
    first = subprocess.run(script, capture_output=True, text=True, check=True)
    before = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    subprocess.run(script, capture_output=True, text=True, check=True)

    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == before
    assert {*before, "email_url"} == set(compose()["secrets"])
    assert before["postgres_password"] in before["database_url"]
    assert len(before["secret_key"]) == 64
    assert before["secret_key"] not in first.stdout


# --- the same commands, as plain processes --------------------------------------------------------------------------
@pytest.fixture
def mail() -> Iterator[MailServer]:
    """A mail server that takes every letter."""
    server = MailServer()
    server.open()
    yield server
    server.close()


@pytest.fixture
def deployment(tmp_path: Path, postgres_url: str, redis_url: str, mail: MailServer) -> Iterator[dict[str, Running]]:
    """The services of ours from compose.yaml with its environment; only addresses, the port and the folder are this test's."""
    (tmp_path / "data").mkdir()
    with ExitStack() as stack:
        running = {}
        for name in OURS:
            service = compose()["services"][name]
            environment = deployed_environment(service["environment"], tmp_path, postgres_url, redis_url, mail.port)
            if name == "web":
                port = environment["PORT"] = environment["GRANIAN_PORT"] = str(free_port())
            command = [sys.executable, *service["command"][1:]]
            running[name] = stack.enter_context(Running(command, tmp_path / f"{name}.log", environment))
            if name == "migrate":
                assert running[name].process.wait(120) == 0, running[name].text
        running["web"].wait_for(lambda: ask(port, "/healthz")[0] == 200)
        yield running


def deployed_environment(
    declared: dict[str, str], folder: Path, database: str, redis: str, smtp: int
) -> dict[str, str]:
    """What compose would set, with ``${GUIMARD_HOST}`` filled in and each secret in a file of its own."""
    secrets = {"secret_key": uuid.uuid4().hex * 2, "database_url": database, "email_url": f"smtp://127.0.0.1:{smtp}"}
    values = {name: value.replace("${GUIMARD_HOST}", HOST) for name, value in declared.items()}
    values |= {"GUIMARD_HOME": str(folder / "data"), "REDIS_URL": redis, "PUBLIC_URL": f"https://{HOST}"}
    values |= {"LOG_LEVEL": "INFO", "DEFAULT_FROM_EMAIL": f"noreply@{HOST}", "GRANIAN_HOST": "127.0.0.1"}
    values |= {"PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics")}
    for name, content in secrets.items():
        (folder / name).write_text(content + "\n")
        assert values[f"{name.upper()}_FILE"] == f"/run/secrets/{name}"
        values[f"{name.upper()}_FILE"] = str(folder / name)
    return clean_environment(
        **values, REDIS_KEY_PREFIX=str(uuid.uuid5(uuid.NAMESPACE_OID, str(folder))), OUTBOX_SWEEP_SECONDS="1"
    )


def ask(port: str, path: str, host: str = HOST) -> tuple[int, str]:
    """Status and body as the proxy would get them."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


@pytest.mark.services
def test_commands_of_compose_serve_on_postgresql_and_redis(deployment: dict[str, Running], mail: MailServer) -> None:
    port = deployment["web"].environment["PORT"]

    wait_until(lambda: ask(port, "/readyz")[0] == 200, 60, f"not ready: {ask(port, '/readyz')}")
    health = subprocess.run(
        python(*compose()["services"]["web"]["healthcheck"]["test"][2:]),
        cwd=ROOT,
        env=deployment["web"].environment,
        capture_output=True,
        text=True,
    )

    assert health.returncode == 0, health.stdout + health.stderr
    register = python("-m", "tests.worker.office", "1")
    done = subprocess.run(register, cwd=ROOT, env=deployment["worker"].environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    wait_until(lambda: len(mail.taken) == 1, 30, f"the letter did not arrive:\n{deployment['worker'].text[-2000:]}")
    assert ask(port, "/")[0] == 200
    assert ask(port, "/mailbox/")[0] == 404  # the demo's letters are nobody's business in a deployment
    assert ask(port, "/", host=f"{uuid.uuid4().hex}.example")[0] == 400


@pytest.mark.services
def test_ready_says_which_part_is_missing_when_the_worker_is_dead(deployment: dict[str, Running]) -> None:
    port = deployment["web"].environment["PORT"]
    wait_until(lambda: ask(port, "/readyz")[0] == 200, 60, f"not ready: {ask(port, '/readyz')}")

    deployment["worker"].kill()

    wait_until(lambda: ask(port, "/readyz")[0] == 503, 90, "a dead worker went unnoticed")
    assert "worker" in json.dumps(ask(port, "/readyz")[1])
    assert ask(port, "/healthz")[0] == 200


@pytest.mark.services
def test_django_finds_nothing_to_warn_about_in_a_deployment(tmp_path: Path, postgres_url: str, redis_url: str) -> None:
    (tmp_path / "data").mkdir()
    declared = compose()["services"]["web"]["environment"]
    environment = deployed_environment(declared, tmp_path, postgres_url, redis_url, free_port())

    command = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", "--database", "default")
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr
