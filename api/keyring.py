"""Whose key a request carries."""

from hashlib import sha256
from time import monotonic

from anyio.to_thread import run_sync

from api.secret import Token
from api.store import Store
from api.store.keys import Key, any_key, key_of

_TRUSTED = 1.0  # seconds for which a key that was found need not be looked up again
_MOST = 1000  # keys remembered


class Keyring:
    """The keys in the store. A key that is revoked, or the first that is made, counts within a second."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[bytes, tuple[Key, float]] = {}  # by digest, so that no key stays in memory
        self._any = False
        self._looked = float("-inf")

    async def key(self, text: str) -> Key | None:
        """The key in use that a text is, or None.

        Raises:
            StoreError: the store cannot be reached.
        """
        place = sha256(text.encode()).digest()
        known = self._found.get(place)
        if known and monotonic() - known[1] < _TRUSTED:
            return known[0]
        token = Token.read(text)
        key = await run_sync(key_of, self._store, token) if token else None
        if key is None:
            self._found.pop(place, None)
            return None
        if len(self._found) >= _MOST:
            self._found.clear()
        self._found[place] = key, monotonic()
        return key

    async def any(self) -> bool:
        """Whether a key was ever made: then every caller needs one.

        Raises:
            StoreError: the store cannot be reached.
        """
        if not self._any and monotonic() - self._looked >= _TRUSTED:
            self._any = await run_sync(any_key, self._store)
            self._looked = monotonic()
        return self._any
