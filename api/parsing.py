"""Bodies, fields and queries → values, or a problem that names what is wrong and never repeats it."""

import re
from collections.abc import Iterable
from typing import TypeVar, get_args, get_type_hints

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from api.problems import INVALID, MALFORMED, Fault, Problem, plain
from matcher.reading.json_resume import SECTIONS

_S = TypeVar("_S", bound=Struct)

_BAD_JSON = "內容不是正確的 JSON（UTF-8 編碼）。"
_FLAGS = {"true": True, "false": False}
_ALLOWED: dict[str, tuple[str, ...]] = {
    "kind": ("resume", "posting"),
    "masked": tuple(_FLAGS),
}
_NUMBERS = frozenset({"first", "most", "top", "min_level"})
_NUMBER = re.compile(r"(?P<sign>-?)0*(?P<digits>[0-9]+)", re.ASCII)
_DIGITS = 12
_MOST_FAULTS = 10
_TYPES = {
    "str": "文字",
    "int": "整數",
    "float": "數字",
    "bool": "真假值",
    "array": "清單",
    "object": "物件",
    "null": "空值",
}
_PLACE = re.compile(r"^(?P<said>.*?)(?: - at `(?:key in )?\$(?P<place>[^`]*)`)?$", re.DOTALL)
_WRONG_TYPE = re.compile(r"Expected `(?P<wanted>[a-z]+)[^`]*`, got `(?P<got>[a-z]+)`")
_LENGTH = re.compile(r"Expected `(?P<what>str|array)` of length (?P<sign>[<>])= (?P<number>\d+)")
_RANGE = re.compile(r"Expected `int` (?P<sign>[<>])= (?P<number>\d+)")
_ENUM = re.compile(r"Invalid enum value '(?P<value>.*)'", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)
_STEP = re.compile(r"[^.\[\]]+")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`")

# What a JSON document has at its top that is a résumé or posting itself.
_OF_A_DOCUMENT = (*sorted(SECTIONS), "@type", "@graph")
_Document = msgspec.defstruct(
    "_Document",
    [(f"key{number}", Raw | UnsetType, UNSET) for number in range(len(_OF_A_DOCUMENT))],
    rename={f"key{number}": key for number, key in enumerate(_OF_A_DOCUMENT)},
)


def parsed(kind: type[_S], body: bytes) -> _S:
    """The JSON body as a value of that kind.

    Raises:
        Problem: it is no JSON (400), or a field is wrong (422).
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        faults = _unknown(kind, body, str(error)) or [_fault(str(error))]
        raise Problem(INVALID, "欄位的值不對，見 errors。", faults) from None
    except RecursionError:
        raise Problem(MALFORMED, "JSON 的結構一層包一層，太深了。") from None
    except ValueError:
        raise Problem(MALFORMED, _BAD_JSON) from None


def is_document(body: bytes) -> bool:
    """Whether a JSON body is a JSON Resume or JobPosting itself, by the keys at its top."""
    try:
        found = msgspec.json.decode(body, type=_Document)
    except (ValueError, RecursionError):
        return False
    return any(getattr(found, name) is not UNSET for name in found.__struct_fields__)


def options(kind: type[_S], given: Iterable[tuple[str, str]]) -> _S:
    """Fields of a form, or a query, as a value of that kind.

    Raises:
        Problem: one is unknown, given twice, or has a value that is not allowed.
    """
    values: dict[str, str | bool | int] = {}
    sent: dict[str, str] = {}
    for name, value in given:
        if name not in kind.__struct_fields__:
            known = "、".join(kind.__struct_fields__) or "（無）"
            fault = Fault(plain(name), "沒有這個欄位", kind.__struct_fields__)
            raise Problem(INVALID, f"有不認得的欄位；可用的：{known}。", [fault])
        if name in values:
            raise Problem(INVALID, "欄位的值不對，見 errors。", [Fault(name, "只能給一次")])
        values[name], sent[name] = _value(name, value), value
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        formats = get_args(get_type_hints(kind).get("format"))
        fault = _fault(str(error), formats)
        if fault.allowed or fault.field in _NUMBERS:
            fault = msgspec.structs.replace(fault, received=plain(sent[fault.field]) or "文字")
        raise Problem(INVALID, "欄位的值不對，見 errors。", [fault]) from None


def _value(name: str, value: str) -> str | bool | int:
    if name == "masked":
        return _FLAGS.get(value, value)
    number = _NUMBER.fullmatch(value) if name in _NUMBERS else None
    # Of a number with more digits than any limit has, so many are enough to be above or below it.
    return int(f"{number['sign']}{number['digits'][:_DIGITS]}") if number else value


def _unknown(kind: type[Struct], body: bytes, said: str) -> list[Fault]:
    """The unknown fields of the object that has one, and those that it lacks; nothing of other errors."""
    match = _PLACE.match(said)
    if not match or not (name := _UNKNOWN.match(match["said"])):
        return []
    place = (match["place"] or "").lstrip(".")
    fields = msgspec.structs.fields(_struct_at(kind, place))
    known = {field.name: field.required for field in fields}
    given = _fields_at(body, place) or [name["name"]]
    unknown = [one for one in given if one not in known][:_MOST_FAULTS]
    missing = [one for one, required in known.items() if required and one not in given]
    return [
        *(Fault(f"{place}.{plain(one)}".strip("."), "沒有這個欄位", tuple(known)) for one in unknown),
        *(Fault(f"{place}.{one}".strip("."), "這個欄位必填") for one in missing),
    ]


def _struct_at(kind: type[Struct], place: str) -> type[Struct]:
    for name in _STEP.findall(place):
        kind = kind if name.isdigit() else _struct(get_type_hints(kind)[name]) or kind
    return kind


def _struct(hint: object) -> type[Struct] | None:
    """The struct in a type, such as that of a list."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint
    return next((found for one in get_args(hint) if (found := _struct(one))), None)


def _fields_at(body: bytes, place: str) -> list[str]:
    """The names of what an object in a JSON body has; none where the rest of the body is broken."""
    try:
        found = msgspec.json.decode(body)
        for name in _STEP.findall(place):
            found = found[int(name) if name.isdigit() else name]
        return list(found)
    except (ValueError, LookupError, TypeError, RecursionError):
        return []


def _fault(said: str, formats: tuple[str, ...] = ()) -> Fault:
    match = _PLACE.match(said)
    place = (match["place"] or "").lstrip(".") if match else ""
    name = place.rsplit(".", 1)[-1]
    if missing := _MISSING.match(said):
        field = f"{place}.{missing['name']}".lstrip(".")
        return Fault(field, "這個欄位必填")
    if name == "format":
        return Fault(place, "只能是其中一個", formats)
    if name in _ALLOWED:
        received = plain(value["value"]) or "文字" if (value := _ENUM.match(said)) else None
        if wrong := _WRONG_TYPE.match(said):
            received = _TYPES.get(wrong["got"])
        return Fault(place, "只能是其中一個", _ALLOWED[name], received)
    if wrong := _WRONG_TYPE.match(said):
        return Fault(place, f"要是{_TYPES[wrong['wanted']]}", received=_TYPES.get(wrong["got"], "其他"))
    if length := _LENGTH.match(said):
        unit = "個字" if length["what"] == "str" else "個"
        return Fault(place, f"{'最少' if length['sign'] == '>' else '最多'} {length['number']} {unit}")
    if limit := _RANGE.match(said):
        return Fault(place, f"{'最小' if limit['sign'] == '>' else '最大'} {limit['number']}")
    if "matching regex" in said:
        return Fault(place, "要有文字，不能只有空白")
    return Fault(place, "值不對")
