"""Readers that do what a hostile file may make a parser do. Workers import them by name."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from matcher.reading.document import Document
from matcher.reading.limits import Limits
from matcher.reading.media import media_type
from matcher.reading.ocr import pictures
from matcher.reading.read import read_document


def read(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - as every reader
    """Does what the file's text orders, or reads it as text."""
    order, _, argument = data.decode("utf-8-sig", errors="replace").partition(" ")
    text = _ORDERS[order](argument) if order in _ORDERS else data.decode("utf-8-sig", errors="replace")
    return Document(text, name, "text/plain", "unknown", ((0, len(text)),))


def read_or_obey(data: bytes, name: str, limits: Limits) -> Document:
    """Does what the file's text orders, or reads it as the real reader does."""
    ordered = data[:100].decode("utf-8", errors="replace").partition(" ")[0] in _ORDERS
    return (read if ordered else read_document)(data, name, limits)


def decode_picture(data: bytes, name: str, limits: Limits) -> Document:
    """The sizes of a picture's pages, which are decoded as for recognition."""
    text = " ".join(str(page.shape) for page in pictures(data, limits))
    return Document(text, name, media_type(data), "unknown", ((0, len(text)),))


def _hang(_: str) -> str:
    while True:
        pass


def _hang_in_c(_: str) -> str:
    # One call into a C library that does not come back and never looks at Python's signal handlers.
    return str(bytes.fromhex("00" * 64).count(b"\0") + 10 ** (10**9))


def _sleep(seconds: str) -> str:
    time.sleep(float(seconds))
    return "睡醒了"


def _eat_memory(_: str) -> str:
    held = []
    while True:
        held.append(bytearray(50_000_000))


def _exit(code: str) -> str:
    os._exit(int(code))


def _leave(_: str) -> str:
    sys.exit(0)


def _kill(number: str) -> str:
    os.kill(os.getpid(), int(number))
    time.sleep(60)
    return ""


def _recurse(_: str) -> str:
    return _recurse("")


def _fail(_: str) -> str:
    raise KeyError("內部錯誤")


def _write(path: str) -> str:
    Path(path).write_text("在外面")
    return "寫了"


def _write_inside(_: str) -> str:
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write("在裡面")
    return file.name


def _write_much(size: str) -> str:
    with tempfile.TemporaryFile() as file:
        file.seek(int(size))
        file.write(b"0")
    return "寫了"


def _connect(port: str) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), timeout=5):
        return "連上了"


def _shell(command: str) -> str:
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    return done.stdout


def _child(command: str) -> str:
    subprocess.Popen(command, shell=True)  # noqa: S602
    return _hang("")


def _print(text: str) -> str:
    print(text, flush=True)
    os.write(2, text.encode())
    return "印了"


def _pid(_: str) -> str:
    return str(os.getpid())


def _long(size: str) -> str:
    return "字" * int(size)


_ORDERS = {
    "hang": _hang, "hang_in_c": _hang_in_c, "sleep": _sleep, "eat_memory": _eat_memory, "exit": _exit,
    "leave": _leave, "kill": _kill, "recurse": _recurse, "fail": _fail, "write": _write,
    "write_inside": _write_inside, "write_much": _write_much, "connect": _connect, "shell": _shell,
    "child": _child, "print": _print, "pid": _pid, "long": _long,
}  # fmt: skip
