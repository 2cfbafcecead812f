"""Turns text into sentences, clauses and terms that know their place in the original."""
