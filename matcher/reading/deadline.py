"""The wall clock of the file that this process reads: when it runs out, the kernel ends the process."""

import signal

_armed = False


def arm(seconds: float) -> None:
    """Start the clock. At its end SIGALRM kills the process, wherever it is, inside a C library too."""
    global _armed  # noqa: PLW0603 - a process has one alarm, and this is its state
    if not hasattr(signal, "SIGALRM"):
        return  # Windows: the guard's own clock ends the process
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _armed = True


def extend(seconds: float) -> None:
    """Start the clock anew for slow work (recognising pictures). Does nothing where none was armed."""
    if _armed:
        signal.setitimer(signal.ITIMER_REAL, seconds)


def disarm() -> None:
    """Stop the clock."""
    global _armed  # noqa: PLW0603
    if _armed:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _armed = False
