"""The HTTP service: what `matcher` does, for the systems of recruiters."""
