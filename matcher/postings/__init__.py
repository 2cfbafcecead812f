"""Wording of job postings that the law forbids or that invites trouble, with the reason and a better one."""

from matcher.postings.check import check
from matcher.postings.finding import Finding, Weight

__all__ = ["Finding", "Weight", "check"]
