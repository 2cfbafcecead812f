"""The standards that texts can be scored against: those that are shipped, and those that were imported."""

from dataclasses import dataclass
from typing import Literal, Self

from anyio.to_thread import run_sync

from api.problems import UNKNOWN_STANDARD, Fault, Problem
from api.store import Store
from api.store.standards import add_standard, imported_codes, imported_standard
from matcher.batch.scorers import pack
from matcher.matcher import DEFAULT_STANDARD
from matcher.standard import Standard, available_standards, load_standard

Origin = Literal["shipped", "imported"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A standard, as scoring processes take it, and where it comes from."""

    standard: Standard
    packed: bytes
    origin: Origin

    @classmethod
    def of(cls, standard: Standard, origin: Origin) -> Self:
        """A standard of that origin."""
        return cls(standard, pack(standard), origin)


class Catalogue:
    """All standards by code. What one process imports, the others find in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        shipped = (load_standard(code) for code in available_standards())
        # A standard never changes once it is known, so what is known needs no second look.
        self._known = {one.code: Listed.of(one, "shipped") for one in shipped}

    @property
    def default(self) -> Listed:
        """The standard that is meant where none is named."""
        return self._known[DEFAULT_STANDARD]

    async def find(self, code: str | None) -> Listed:
        """The standard of that code, the default one for None.

        Raises:
            Problem: there is none; it names those there are.
            StoreError: the store cannot be reached.
        """
        if code is None:
            return self.default
        found = self._known.get(code) or await run_sync(self.look, code)
        if found is None:
            raise Problem(
                UNKNOWN_STANDARD,
                "沒有這個代碼的職能基準；現有的見 errors 裡的 allowed，或 GET /v1/standards。",
                [Fault("standard", "沒有這個代碼", allowed=[one.standard.code for one in await self.all()])],
            )
        return found

    def look(self, code: str) -> Listed | None:
        """The standard of that code, or None; waits for the store where it must.

        Raises:
            StoreError: the store cannot be reached.
        """
        if code in self._known:
            return self._known[code]
        found = imported_standard(self._store, code) if code.isprintable() else None
        return self._known.setdefault(code, Listed.of(found, "imported")) if found else None

    async def all(self) -> list[Listed]:
        """Every standard, by code."""
        codes = {*self._known, *await run_sync(imported_codes, self._store)}
        return [await self.find(code) for code in sorted(codes)]

    async def add(self, standard: Standard) -> tuple[Listed, bool]:
        """Keep an imported standard, unless one of its code is there. Returns the one that is there now, and
        whether it was added."""
        code = standard.code
        added = code not in self._known and await run_sync(add_standard, self._store, standard)
        return await self.find(code), added
