"""The phrasebook: how people write, in résumés and postings, what the standard's items say."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import yaml

from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.language.normalise import normalise

Role = Literal["wording", "stated", "partial", "not"]


class PhrasebookError(MatcherError):
    """An entry of the phrasebook cannot be used; the message names the file, the entry and the reason."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrasing of an item.

    ``stated`` says the whole item, ``partial`` a part of it; two parts of different ``facet`` make the
    whole. ``wording`` is the standard's own text. ``not`` looks alike and must not count.
    """

    text: str
    role: Role
    facet: str = ""


@dataclass(frozen=True)
class Phrasebook:
    """Phrases by the meaning they belong to: the item's text, so that another standard shares them."""

    entries: dict[str, tuple[Phrase, ...]]
    version: str

    def phrases(self, text: str) -> tuple[Phrase, ...]:
        """The item's own wording, then its phrases; the wording alone where the phrasebook has no entry."""
        return (Phrase(text, "wording"), *self.entries.get(meaning(text), ()))


def meaning(text: str) -> str:
    """The key of an item: its text, normalised, without white space and closing punctuation."""
    return "".join(normalise(text).split()).rstrip("。.;")


@lru_cache(maxsize=2)
def load_phrasebook(folder: Path | None = None) -> Phrasebook:
    """All YAML files of ``folder``, by default the shipped ``data/phrasebook``.

    Raises:
        PhrasebookError: a file that is not YAML, an entry of another form, a meaning with two entries.
    """
    folder = folder or data_path("phrasebook")
    entries: dict[str, tuple[Phrase, ...]] = {}
    digest = sha256()
    for path in sorted(folder.glob("*.yaml")):
        content = path.read_text(encoding="utf-8")
        digest.update(content.encode())
        for entry in _entries(content, path.name):
            key = meaning(str(entry["text"]))
            if key in entries:
                raise PhrasebookError(f"{path.name}：「{entry['text']}」有兩筆，請合併成一筆。")
            entries[key] = tuple(_phrases(entry, path.name))
    return Phrasebook(entries, digest.hexdigest()[:12])


def meanings_in(path: Path) -> frozenset[str]:
    """The meanings that a file of a phrasebook has entries for.

    Raises:
        PhrasebookError: it cannot be read, or is no file of a phrasebook.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PhrasebookError(f"無法讀取說法手冊的檔案「{path}」：{error}") from error
    return frozenset(meaning(str(entry["text"])) for entry in _entries(content, path.name))


def _entries(content: str, name: str) -> list[dict[str, Any]]:
    try:
        # The C loader reads the phrasebook in a tenth of the time; same safe subset of YAML.
        loaded = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        raise PhrasebookError(f"{name}：不是有效的 YAML：{error}") from error
    if not isinstance(loaded, list) or not all(isinstance(e, dict) and e.get("text") for e in loaded):
        raise PhrasebookError(f"{name}：應為一串項目，每項要有 text，可有 stated、partial、not。")
    return loaded


def _phrases(entry: dict[str, Any], name: str) -> Iterator[Phrase]:
    unknown = entry.keys() - {"text", "stated", "partial", "not"}
    if unknown:
        allowed = "text、stated、partial、not"
        raise PhrasebookError(
            f"{name}「{entry['text']}」：只能有 {allowed}，收到「{'、'.join(sorted(unknown))}」。"
        )
    facets = entry.get("partial") or {}
    if not isinstance(facets, dict):
        raise PhrasebookError(f"{name}「{entry['text']}」：partial 要分面向，寫成「面向: [說法, …]」。")
    where = f"{name}「{entry['text']}」"
    yield from (Phrase(text, "stated") for text in _texts(entry.get("stated"), f"{where}：stated"))
    for facet, texts in facets.items():
        found = _texts(texts, f"{where}：partial 的「{facet}」")
        yield from (Phrase(text, "partial", str(facet)) for text in found)
    yield from (Phrase(text, "not") for text in _texts(entry.get("not"), f"{where}：not"))


def _texts(listed: Any, where: str) -> list[str]:
    """Phrases as text; YAML reads «9001» as a number."""
    texts = [] if listed is None else listed
    if not isinstance(texts, list) or not all(isinstance(text, (str, int, float)) for text in texts):
        raise PhrasebookError(
            f"{where} 要是一串說法，寫成「[說法, …]」或一行一個「- 說法」，收到「{listed}」。"
        )
    return [str(text) for text in texts]
