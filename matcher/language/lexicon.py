"""The lexicon of variants: which words mean the same (SOP = 標準作業流程)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.language.normalise import normalise

_EQUALS = re.compile("[=＝]")
_GAPS = re.compile(r"[\s_-]+")


class LexiconError(MatcherError):
    """A line of the lexicon cannot be used; the message names the file, the line and the reason."""


@dataclass(frozen=True)
class Lexicon:
    """Variants and their canonical forms, all normalised.

    ``canonical`` maps every variant, the canonical forms included, to its group's first word, and
    variants of several Latin words written as one too (chatbot); ``version`` is a digest of the file's
    content.
    """

    canonical: dict[str, str]
    version: str


def parse_lexicon(text: str, name: str) -> Lexicon:
    """Read lines of ``canonical = variant = variant``; ``#`` starts a comment.

    Raises:
        LexiconError: a group of one, an empty or one-character variant, a variant in two groups.
    """
    canonical: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.split(" #", 1)[0].strip()
        if not content or content.startswith("#"):
            continue
        variants = [" ".join(_GAPS.split(normalise(part).strip())) for part in _EQUALS.split(content)]
        where = f"{name} 第 {number} 行"
        if len(variants) < 2:
            raise LexiconError(f"{where}：一組至少要有兩個詞，以「=」分開，收到「{content}」。")
        for variant in variants:
            if len(variant) < 2:
                raise LexiconError(f"{where}：詞至少要有兩個字，收到「{variant}」。")
            known = canonical.setdefault(variant, variants[0])
            if known != variants[0]:
                raise LexiconError(f"{where}：「{variant}」已屬於「{known}」這一組，一個詞只能在一組。")
    for variant, first in list(canonical.items()):
        canonical.setdefault(variant.replace(" ", ""), first)
    return Lexicon(canonical, sha256(text.encode()).hexdigest()[:12])


@lru_cache(maxsize=4)
def load_lexicon(path: Path | None = None) -> Lexicon:
    """The lexicon in ``path``, by default the shipped ``data/lexicon/variants.txt``."""
    path = path or data_path("lexicon", "variants.txt")
    # A recruiter's editor may put a byte order mark first.
    return parse_lexicon(path.read_text(encoding="utf-8-sig"), path.name)
