"""What is found: a span of a text and the kind of personal data that it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

PersonalKind = Literal[
    "id_number",
    "arc_number",
    "phone",
    "email",
    "address",
    "birth_date",
    "age",
    "gender",
    "marital",
    "military",
    "messenger",
    "photo",
    "name",
]

LABELS: dict[PersonalKind, str] = {
    "id_number": "身分證字號",
    "arc_number": "居留證統一證號",
    "phone": "電話",
    "email": "電子郵件",
    "address": "地址",
    "birth_date": "出生日期",
    "age": "年齡",
    "gender": "性別",
    "marital": "婚姻狀況",
    "military": "兵役狀況",
    "messenger": "LINE 等通訊帳號",
    "photo": "照片",
    "name": "姓名",
}
"""How each kind is called wherever a recruiter reads it."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One piece of personal data: ``start`` and ``end`` are code points of the text, end exclusive."""

    kind: PersonalKind
    start: int
    end: int


Finds = Iterator[PersonalData]
"""What a finder gives: pieces in any order, which may overlap; places are those of the text it was given."""
