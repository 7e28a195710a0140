"""``python -m benchmarks``: needs PostgreSQL and Redis on this machine (BENCH_DATABASE_URL, BENCH_REDIS_URL name others)."""

import os
import sys
import tempfile
from pathlib import Path

DATABASE = os.environ.get("BENCH_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/guimard_bench")
REDIS = os.environ.get("BENCH_REDIS_URL", "redis://127.0.0.1:6379/9")


def _environment(home: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": DATABASE,
        "REDIS_URL": REDIS,
        "REDIS_KEY_PREFIX": f"guimard-bench-{os.getpid()}",
        "GUIMARD_HOME": str(home),
        "LOG_LEVEL": "WARNING",
        "OUTBOX_SWEEP_SECONDS": "3600",
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="guimard-bench-") as home:
        os.environ.update(_environment(Path(home)))
        from benchmarks.stage import stage

        with stage() as ready:
            from benchmarks.report import report

            sys.exit(report(ready, only=sys.argv[1:]))
