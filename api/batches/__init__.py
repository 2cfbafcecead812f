"""Batches: files that are kept until they are scored, and their results until they expire or are erased."""
