"""Finds every document in what ``matcher batch`` is given: folders, files, ZIPs, tables and buckets."""
