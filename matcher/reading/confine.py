"""Takes from this process what reading a file does not need: the network, and writing outside one folder.

On Linux the kernel takes it, so that programs started from here are bound too. Where it cannot, an audit
hook stops what Python itself does.
"""

import os
import sys
from pathlib import Path
from typing import Any, Literal

from matcher.reading import landlock, namespaces

Freedom = Literal["network", "writing"]

_FREEDOMS: frozenset[Freedom] = frozenset({"network", "writing"})
_CALLS_OUT = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")
_CHANGES = frozenset(
    {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
)
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(folder: Path) -> frozenset[Freedom]:
    """Take network and writing outside ``folder`` from this process, for good.

    Returns what the kernel took; the rest is taken by :func:`hook` alone.
    """
    taken: set[Freedom] = set()
    exceptions = {os.devnull: landlock.WRITE_FILE}
    alone = namespaces.leave()
    if alone:
        taken.add("network")
    if not (alone and namespaces.own_temp(folder)):
        # LibreOffice must be able to remove the socket that it puts there.
        exceptions["/tmp"] = landlock.REMOVE_FILE  # noqa: S108
    if landlock.bind_writing(folder, exceptions):
        taken.add("writing")
    rest = _FREEDOMS - taken
    if rest:
        hook(folder, rest)
    return frozenset(taken)


def hook(folder: Path, freedoms: frozenset[Freedom]) -> None:
    """Make Python refuse ``freedoms`` with PermissionError from here on; C libraries are not stopped."""
    root = os.path.realpath(folder)

    def inside(path: Any) -> bool:
        if isinstance(path, int):
            return True  # a file that is open already
        real = os.path.realpath(os.fsdecode(path))
        return real in (root, os.devnull) or real.startswith(root + os.sep)

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if "network" in freedoms and event in _CALLS_OUT:
            raise PermissionError(f"{event}: no network while a file is read")
        if "writing" not in freedoms:
            return
        writes = event in _CHANGES or (event == "open" and args[2] & _WRITE_FLAGS)
        if writes and not inside(args[0]):
            raise PermissionError(f"{event}: no writing outside {root} while a file is read")

    sys.addaudithook(refuse)
