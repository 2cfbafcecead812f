"""What holds inside a group of an RTF file."""

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class State:
    """What holds inside a group."""

    skipped: bool = False
    table: Literal["fonttbl", "colortbl"] | None = None
    fallback: int = 1  # characters behind a \\u that old readers show in its place
    font: int = 0
    size: int = 24  # half-points
    colour: int = 0
    ground: int = 0
    row_ground: int = 0
    vanish: bool = False
    deleted: bool = False


def changed(state: State, word: str, number: int | None) -> State:
    """The state behind a word that formats; every other word leaves it as it is."""
    on = number != 0
    match word:
        case "plain":
            return replace(state, font=0, size=24, colour=0, ground=0, vanish=False, deleted=False)
        case "v":
            return replace(state, vanish=on)
        case "deleted":
            return replace(state, deleted=on)
        case "fs":
            return replace(state, size=24 if number is None else number)
        case "f":
            return replace(state, font=number or 0)
        case "uc":
            return replace(state, fallback=1 if number is None else max(0, number))
        case "cf":
            return replace(state, colour=number or 0)
        case "cb" | "chcbpat" | "highlight" | "cbpat":
            return replace(state, ground=number or state.ground)
        case "trowd" | "pard":
            return replace(state, ground=0, row_ground=0 if word == "trowd" else state.row_ground)
        case "clcbpat":
            return replace(state, row_ground=number or state.row_ground)
    return state
