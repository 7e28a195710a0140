"""A closed loop over loopback: each connection sends its next request when the answer to the last one is there."""

import multiprocessing
import socket
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MakeRequests = Callable[[int], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gave: requests a second, and latencies in milliseconds."""

    per_second: float
    p50: float
    p95: float
    failures: int


def http(method: str, path: str, body: bytes = b"", headers: str = "") -> bytes:
    """A keep-alive HTTP/1.1 request for this machine."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def run(port: int, make: MakeRequests, *, connections: int = 16, seconds: float = 5, warm_up: float = 1) -> Result:
    """Send what ``make(number of the connection)`` gives over ``connections`` connections, from two processes."""
    context = multiprocessing.get_context("fork")
    queue: multiprocessing.Queue[tuple[list[float], int]] = context.Queue()
    halves = [range(connections // 2), range(connections // 2, connections)]
    processes = [context.Process(target=_half, args=(port, make, half, seconds, warm_up, queue)) for half in halves]
    for process in processes:
        process.start()
    parts = [queue.get(timeout=seconds * 10 + 60) for _ in processes]
    for process in processes:
        process.join()
    times = sorted(moment for part, _failures in parts for moment in part)
    failures = sum(failed for _part, failed in parts)
    if len(times) < 2:
        raise RuntimeError(f"too few answers ({len(times)}), {failures} failures")
    cuts = statistics.quantiles(times, n=20)
    return Result(len(times) / seconds, statistics.median(times) * 1000, cuts[18] * 1000, failures)


def _half(
    port: int,
    make: MakeRequests,
    numbers: range,
    seconds: float,
    warm_up: float,
    queue: "multiprocessing.Queue[tuple[list[float], int]]",
) -> None:
    import threading

    times: list[float] = []
    failures = [0]
    begin = time.perf_counter() + warm_up
    threads = [
        threading.Thread(target=_loop, args=(port, make(number), begin, begin + seconds, times, failures))
        for number in numbers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((times, failures[0]))


def _loop(
    port: int, requests: Iterator[bytes], begin: float, end: float, times: list[float], failures: list[int]
) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            start = time.perf_counter()
            if start >= end:
                return
            connection.sendall(request)
            status = _answer(connection)
            if start >= begin:
                times.append(time.perf_counter() - start)
                failures[0] += status >= 300


def _answer(connection: socket.socket) -> int:
    """Read one whole answer and return its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            raise ConnectionError("the server hung up")
        data += chunk
    head, _gap, body = data.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)
    return int(head[9:12])
