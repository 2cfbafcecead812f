"""What reading noticed of a document, as notes of its report."""

from matcher.reading.document import Document
from matcher.scoring.report import Note

_MOST_QUOTED = 3
_LONGEST_QUOTE = 30


def document_notes(document: Document) -> list[Note]:
    """The warnings of a document, and the text in it that the eye does not see."""
    notes = [Note(warning.code, warning.message) for warning in document.warnings]
    if document.hidden:
        quoted = "、".join(
            f"「{' '.join(hidden.text.split())[:_LONGEST_QUOTE]}」"
            for hidden in document.hidden[:_MOST_QUOTED]
        )
        notes.append(
            Note("hidden_text", f"此檔含 {len(document.hidden)} 處看不見的文字，未計入評分：{quoted}")
        )
    return notes
