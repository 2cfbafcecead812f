"""The published iCAP document → `Standard`: a file format gives `Row`s, and `parse_rows` does the rest."""

from matcher.icap.document import parse_file, parse_rows, parse_text
from matcher.icap.errors import StandardFormatError
from matcher.icap.rows import Row, read_rows

__all__ = ["Row", "StandardFormatError", "parse_file", "parse_rows", "parse_text", "read_rows"]
