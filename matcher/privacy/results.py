"""Reports and documents without personal data, every span where it was."""

from dataclasses import replace

from matcher.notes import document_notes
from matcher.privacy.masking import MASK, mask, mask_name
from matcher.reading.document import Document, HiddenText
from matcher.scoring.report import Condition, Evidence, ItemScore, Note, Report, TermShare


def masked(report: Report, source: str | Document, masked_text: str | None = None) -> Report:
    """The report of ``source`` with whatever it quotes masked; spans, scores and shares stay.

    Of every evidence, ``mask(text)[start:end]`` is the quote. ``masked_text`` is ``mask(text)``, if that is
    known.
    """
    text = source if isinstance(source, str) else source.text
    quoting = _Quoting(text, mask(text) if masked_text is None else masked_text)
    return replace(
        report,
        level=replace(report.level, reasons=tuple(map(quoting.message, report.level.reasons))),
        items=tuple(quoting.item(item) for item in report.items),
        conditions={key: quoting.condition(one) for key, one in report.conditions.items()},
        notes=_notes(report.notes, source),
    )


def masked_document(document: Document) -> Document:
    """The document with its text, hidden text, warnings and name masked; all lengths stay."""
    return replace(_beside_text_masked(document), text=mask(document.text), name=mask_name(document.name))


def _beside_text_masked(document: Document) -> Document:
    """The document with what is noted of it masked: hidden text and warnings."""
    return replace(
        document,
        hidden=tuple(HiddenText(mask(hidden.text), hidden.why) for hidden in document.hidden),
        warnings=tuple(replace(warning, message=mask(warning.message)) for warning in document.warnings),
    )


class _Quoting:
    """What of a report quotes the text, quoted from the masked text."""

    def __init__(self, text: str, masked_text: str) -> None:
        self.text = text
        self.masked = masked_text

    def item(self, item: ItemScore) -> ItemScore:
        return replace(item, evidence=tuple(map(self.evidence, item.evidence)))

    def evidence(self, evidence: Evidence) -> Evidence:
        quote = self.masked[evidence.start : evidence.end]
        terms = tuple(
            TermShare(_term(term.term, evidence.quote, quote), term.share) for term in evidence.terms
        )
        return replace(evidence, quote=quote, terms=terms)

    def condition(self, condition: Condition) -> Condition:
        evidence = tuple(
            replace(one, quote=self.masked[one.start : one.end]) for one in condition.evidence
        )  # fmt: skip
        return replace(condition, evidence=evidence)

    def message(self, message: str) -> str:
        """A sentence that quotes the text in 「…」, without its line ends."""
        start, end = message.find("「") + 1, message.rfind("」")
        if not 0 < start < end:
            return message
        quote = message[start:end]
        at = self.text.replace("\n", "").find(quote)
        shown = self.masked.replace("\n", "")[at : at + len(quote)] if at >= 0 else mask(quote)
        return message[:start] + shown + message[end:]


def _term(term: str, quote: str, masked_quote: str) -> str:
    """A term of a quote; one that stands in what is masked only, is masked."""
    if term in masked_quote:
        return term
    return MASK * len(term) if term in quote else mask(term)


def _notes(notes: tuple[Note, ...], source: str | Document) -> tuple[Note, ...]:
    # A note shortens what it quotes, and half a number would not be found: masked first, then quoted.
    again: dict[Note, Note] = {}
    if isinstance(source, Document):
        pairs = zip(document_notes(source), document_notes(_beside_text_masked(source)), strict=True)
        again = dict(pairs)
    return tuple(again.get(note) or replace(note, message=mask(note.message)) for note in notes)
