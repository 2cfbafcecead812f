"""Personal data in texts: found with spans and kinds, and masked without moving a single character."""

from matcher.privacy.found import LABELS, PersonalData, PersonalKind
from matcher.privacy.masking import mask, mask_name
from matcher.privacy.personal_data import personal_data
from matcher.privacy.results import masked, masked_document

__all__ = [
    "LABELS",
    "PersonalData",
    "PersonalKind",
    "mask",
    "mask_name",
    "masked",
    "masked_document",
    "personal_data",
]
