"""A place among the guard's workers: a confined process with its folder, which reads one file at a time."""

import signal
from pathlib import Path

from matcher.reading import worker
from matcher.reading.confine import Freedom
from matcher.reading.limits import Limits
from matcher.reading.opening import Reader
from matcher.reading.outcome import Job, Outcome, ReadingFailure
from matcher.reading.process import Ended, Process

_GRACE = 10.0  # seconds beyond a file's own clock after which the worker is ended from here
_START = 60.0
_ALARM = -int(getattr(signal, "SIGALRM", 14))
_MIB = 1024 * 1024


class Slot:
    """One worker; whatever a file does to its process, the next file finds another."""

    def __init__(self, folder: Path, limits: Limits, reader: Reader | None) -> None:
        self._folder = folder
        self._limits = limits
        self._reader = reader
        self._process = Process(worker.start, (str(folder),))

    def start(self) -> frozenset[Freedom]:
        """Start the worker. Returns which freedoms the kernel took from it.

        Raises:
            MatcherError: no worker can be started here.
        """
        self._folder.mkdir(exist_ok=True)
        return self._process.call(worker.taken, (), _START)

    def run(self, job: Job) -> Outcome:
        """Do one job; whatever becomes of the worker, there is an outcome."""
        limits = self._limits
        self._folder.mkdir(exist_ok=True)
        if self._process.calls >= limits.tasks_per_worker:
            self._process.close()
        longest = max(limits.seconds, limits.ocr_seconds if limits.ocr else 0) + _GRACE
        try:
            return self._process.call(worker.read, (job, str(self._folder), limits, self._reader), longest)
        except Ended as ended:
            return self._failure(job, ended.code)
        except TimeoutError:
            return self._failure(job, _ALARM)

    def interrupt(self) -> None:
        """End the worker in the middle of its job, from another thread; the slot does no more."""
        self._process.interrupt()

    def close(self) -> None:
        """End the worker and every program that it started."""
        self._process.close()

    def _failure(self, job: Job, exitcode: int | None) -> ReadingFailure:
        limits = self._limits
        if exitcode == _ALARM:
            return ReadingFailure(
                job.name,
                "timeout",
                f"讀取超過時限（{limits.seconds:g} 秒，辨識圖片 {limits.ocr_seconds:g} 秒），已停止。",
            )
        if exitcode == worker.OUT_OF_MEMORY:
            most = limits.memory_bytes / _MIB
            return ReadingFailure(job.name, "memory", f"讀取所需的記憶體超過 {most:g} MB，已停止。")
        code = "不明" if exitcode is None else exitcode
        return ReadingFailure(
            job.name, "crash", f"讀檔程序意外結束（代碼 {code}），檔案可能已損壞或含惡意內容。"
        )
