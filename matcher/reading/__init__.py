"""Reads a file of any kind that recruiters have into a `Document`: its text, and what it hides."""
