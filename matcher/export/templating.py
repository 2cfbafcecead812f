"""The templates that pages are made of, and how values look in them."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from matcher.export.cells import OUTCOME_WORDS, STATUS_WORDS, VERDICT_WORDS
from matcher.export.page import CONDITIONS, hues
from matcher.export.questions import question
from matcher.export.visible import visible
from matcher.scoring.report import CONDITION_WORDS, Evidence

TEMPLATES = Path(__file__).parent / "templates"

_LONGEST_QUOTE = 120
_MOST_TERMS = 5
_SIGNS = {
    "stated": "●", "partial": "◐", "absent": "○", "met": "●", "partly": "◐", "missing": "○",
    "confirmed": "✓", "rejected": "✗",
}  # fmt: skip


@cache
def environment() -> Environment:
    """The environment of all pages: whatever is not known to be HTML is escaped, and is seen as it is."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "percent": percent, "step": step, "heat": heat, "quoted": quoted, "words": words,
        "question": question, "said": str,
    }  # fmt: skip
    made.globals |= {
        "STATUS_WORDS": STATUS_WORDS, "OUTCOME_WORDS": OUTCOME_WORDS, "CONDITION_WORDS": CONDITION_WORDS,
        "VERDICT_WORDS": VERDICT_WORDS,
        "CONDITIONS": CONDITIONS, "CONDITION_CODES": CONDITIONS, "SIGNS": _SIGNS, "hues": hues,
    }  # fmt: skip
    return made


def asset(name: str) -> Markup:
    """A style sheet or script of ours, as it stands between its tags."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - our own file


def policy(style: str, script: str) -> str:
    """A content security policy by which this style and this script work, and nothing else does."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def percent(share: float | None) -> str:
    """A share as «43%», none as «–»."""
    return "–" if share is None else f"{share:.0%}"


def step(share: float | None) -> str:
    """The class of a bar: a style sheet has one for every twentieth."""
    return f"p{round((share or 0) * 20) * 5}"


def heat(share: float) -> str:
    """The class of a heat map's cell: one for every tenth."""
    return f"h{round(share * 10)}"


def quoted(text: str) -> str:
    """A quotation in one line, of bounded length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


def words(evidence: Evidence) -> str:
    """The terms that made the score and their parts of it: «客訴 34%、流程 21%»."""
    terms = evidence.terms[:_MOST_TERMS] if evidence.score else ()
    return "、".join(f"{quoted(one.term)} {one.share / evidence.score:.0%}" for one in terms)


def _seen(value: object) -> object:
    return visible(value) if type(value) is str else value


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
