"""Ask a running web process for its health: ``python -m config.probe [PATH]`` ends with 0 where the answer is 200.

Used by the containers' health checks and by ``make run``. The request names the public host, since the web process
answers to no other.
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def answer(port: int, path: str, host: str = "", https: bool = False) -> tuple[int, str]:
    """Status and body of ``path`` on this machine's ``port``; (0, reason) where nobody answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    if host:
        request.add_header("Host", host)
    if https:
        request.add_header("X-Forwarded-Proto", "https")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as response:
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(errors="replace")
    except OSError as error:
        return 0, str(error)


def main() -> int:
    """Probe PATH (default /readyz) of the web process on PORT (default 8000), print its answer, return the exit code."""
    public = urlsplit(os.environ.get("PUBLIC_URL", ""))
    path = sys.argv[1] if len(sys.argv) > 1 else "/readyz"
    status, body = answer(int(os.environ.get("PORT", "8000")), path, public.netloc, public.scheme == "https")
    print(status, body)
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
