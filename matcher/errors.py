"""The one base of every error whose message may be shown to a user."""


class MatcherError(Exception):
    """Something the user can mend: the message, in Traditional Chinese, names what was wrong,
    what is allowed and what was received."""
