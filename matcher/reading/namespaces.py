"""Linux namespaces: no network, and a temp folder of one's own in the place of the shared one."""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

_NEW_MOUNTS, _NEW_USER, _NEW_NETWORK = 0x00020000, 0x10000000, 0x40000000
_READ_ONLY, _REMOUNT, _BIND, _RECURSIVE, _FOLLOWING = 1, 32, 4096, 16384, 1 << 19
_LOCKED = os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC if sys.platform.startswith("linux") else 0


def leave() -> bool:
    """Move this process into namespaces of its own, without network. False where that is not allowed."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None)
    if libc.unshare(_NEW_MOUNTS | _NEW_NETWORK) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_MOUNTS | _NEW_NETWORK) != 0:
        return False
    # Without these lines the process would own its files under the name of nobody.
    with suppress(OSError):
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def own_temp(folder: Path) -> bool:
    """After :func:`leave`: /tmp can only be read, and /var/tmp is ``folder``.

    LibreOffice puts a socket into /tmp whatever TMPDIR says, and into /var/tmp where it cannot write there.
    """
    steps = (
        (None, "/", _RECURSIVE | _FOLLOWING),  # sees what is mounted later, and lets none of this out
        ("/tmp", "/tmp", _BIND | _RECURSIVE),  # noqa: S108
        (str(folder), str(folder), _BIND),
        (None, "/tmp", _BIND | _REMOUNT | _READ_ONLY | os.statvfs("/tmp").f_flag & _LOCKED),  # noqa: S108
        (str(folder), "/var/tmp", _BIND),  # noqa: S108
    )
    return all(_mount(source, target, flags) for source, target, flags in steps)


def _mount(source: str | None, target: str, flags: int) -> bool:
    place = source.encode() if source else None
    return bool(ctypes.CDLL(None).mount(place, target.encode(), None, ctypes.c_ulong(flags), None) == 0)
