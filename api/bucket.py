"""How often each key may call."""

from time import monotonic


class Buckets:
    """A token bucket for each key: ``per_minute`` calls at once when it is full, and as many a minute for
    ever. In this process alone; 0 is any number."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str, now: float | None = None) -> float:
        """Take a call of the key. Returns 0, or after how many seconds there will be one."""
        if not self.per_minute:
            return 0.0
        now = monotonic() if now is None else now
        left, then = self._left.get(key, (float(self.per_minute), now))
        each = 60.0 / self.per_minute
        left = min(float(self.per_minute), left + (now - then) / each)
        if left < 1:
            self._left[key] = left, now
            return (1 - left) * each
        self._left[key] = left - 1, now
        return 0.0
