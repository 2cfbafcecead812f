"""Scores a folder of files: one row for each, whatever is in it."""
