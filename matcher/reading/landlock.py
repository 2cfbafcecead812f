"""Landlock (Linux 5.13 and later): this process, and what it starts, may write in one folder only."""

import ctypes
import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_NO_NEW_PRIVS = 38
_PATH_BENEATH = 1
_O_PATH = 0o10000000
WRITE_FILE, REMOVE_FILE = 1 << 1, 1 << 5
_REMOVE_FOLDER, _REFER, _TRUNCATE = 1 << 4, 1 << 13, 1 << 14
_TCP = 0b11  # to bind and to connect: none is allowed, where the kernel knows of it
# Making files of any kind but sockets: LibreOffice puts its own into a shared folder.
_MAKE = sum(1 << bit for bit in (6, 7, 8, 10, 11, 12))


def bind_writing(folder: Path, exceptions: Mapping[str, int]) -> bool:
    """Bind writing, making and removing files to ``folder`` for good; False where the kernel cannot.

    ``exceptions`` are rights in places outside of it.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None)
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    rights = WRITE_FILE | REMOVE_FILE | _REMOVE_FOLDER | _MAKE
    rights |= (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    handled = struct.pack("=QQ", rights, _TCP) if version >= 4 else struct.pack("=Q", rights)
    ruleset = libc.syscall(_CREATE_RULESET, handled, len(handled), 0)
    if ruleset < 0:
        return False
    try:
        return (
            all(
                _allow(libc, ruleset, place, right)
                for place, right in ((str(folder), rights), *exceptions.items())
            )
            and libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
            and libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0
        )
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, place: str, rights: int) -> bool:
    handle = os.open(place, _O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, handle)
        return bool(libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0) == 0)
    finally:
        os.close(handle)
