"""Start a command that ends when its parent ends: ``python launcher.py PARENT_PID COMMAND [ARGUMENT …]``.

A supervisor that is killed outright (SIGKILL) can stop nothing any more. On Linux the kernel then sends SIGTERM to each
process that asked for it; the wish outlives exec, so this file asks and becomes the command. Elsewhere it only becomes
the command. It imports nothing but the standard library, for it runs in front of every part.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def ask_to_end_with_parent(parent: int) -> None:
    """Have the kernel send SIGTERM to this process when ``parent`` ends. Raises SystemExit where it already has."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    # The parent may have died between the fork and the line above; nobody would tell us any more.
    if os.getppid() != parent:
        raise SystemExit(1)


def main() -> None:
    """Bind this process to the parent named first and become the command that follows."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    ask_to_end_with_parent(parent or os.getppid())
    os.execvp(command[0], command)  # noqa: S606  the command is given by our own supervisor, and no shell is wanted


if __name__ == "__main__":
    main()
