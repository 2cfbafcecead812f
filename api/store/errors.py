"""What goes wrong with the store."""

from matcher.errors import MatcherError


class StoreError(MatcherError):
    """The database cannot be opened, brought up to date or reached."""
