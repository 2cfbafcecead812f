"""Scores analysed text against the items of a standard, with the evidence for every score."""
