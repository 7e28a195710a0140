"""Things that happen at the same moment, with real threads and real connections."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all ``deeds`` from one starting gun, a thread and a database connection each.

    Returns what each gave, in their order; a raised exception stands in its deed's place.
    """
    results: list[Any] = [None] * len(deeds)
    gun = threading.Barrier(len(deeds))

    def run(number: int) -> None:
        try:
            gun.wait(timeout=30)
            results[number] = deeds[number]()
        except Exception as error:  # noqa: BLE001 - the test looks at what came out
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits for a lock"
    return results
