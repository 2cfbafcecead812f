"""schema.org JobPosting: its fields, validated, and the posting that they make."""

from collections.abc import Iterator
from typing import Annotated, Any

from lxml import etree
from pydantic import BaseModel, BeforeValidator, ConfigDict

from matcher.reading.html import page_text, parse
from matcher.reading.limits import Limits

_NAMES = ("name", "title", "description", "value", "credentialCategory", "monthsOfExperience")


def _words(value: Any) -> Any:
    """The words of a value that schema.org allows as text, number, thing, or a list of these."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return _unmarked(value) if "<" in value or "&" in value else value
    if isinstance(value, list):
        return "、".join(filter(None, map(_checked, value)))
    if isinstance(value, dict):
        return "，".join(filter(None, (_checked(value[name]) for name in _NAMES if name in value)))
    return value


def _checked(value: Any) -> str:
    words = _words(value)
    if not isinstance(words, str):
        raise ValueError("not text")
    return words


def _unmarked(markup: str) -> str:
    """Descriptions are HTML, once or twice escaped."""
    text = _shown(markup)
    return _shown(text) if "</" in text else text


def _shown(markup: str) -> str:
    return page_text(parse(f"<div>{markup}</div>"), Limits()).pages[0].strip()


def _required(value: Any) -> Any:
    words = _words(value)
    if words == "":
        raise ValueError("empty")
    return words


Words = Annotated[str, BeforeValidator(_words)]
Needed = Annotated[str, BeforeValidator(_required)]


def _place(value: Any) -> Any:
    """Job locations: the address' parts from the country down, as they are written in Taiwan."""
    if isinstance(value, list):
        return "、".join(filter(None, map(_place, value)))
    if isinstance(value, dict):
        address = value.get("address", value)
        if isinstance(address, dict):
            parts = ("addressRegion", "addressLocality", "streetAddress")
            return "".join(_checked(address.get(part)) for part in parts) or _words(value)
        return _words(address)
    return _words(value)


def _pay(value: Any) -> Any:
    """MonetaryAmount: currency and value, or least and greatest value, per unit."""
    if not isinstance(value, dict):
        return _words(value)
    amount = value.get("value", value)
    if isinstance(amount, dict):
        span = [_checked(amount.get(name)) for name in ("minValue", "maxValue")]
        number = " ~ ".join(filter(None, span)) or _checked(amount.get("value"))
        amount = f"{number} {_checked(amount.get('unitText'))}"
    return f"{_checked(amount)} {_checked(value.get('currency'))}".strip()


class JobPosting(BaseModel):
    """One posting. Without a title and a description it is none."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    title: Needed
    description: Needed
    responsibilities: Words = ""
    skills: Words = ""
    qualifications: Words = ""
    experienceRequirements: Words = ""  # noqa: N815 - the vocabulary's own names, and the path in errors
    educationRequirements: Words = ""  # noqa: N815
    jobBenefits: Words = ""  # noqa: N815
    incentiveCompensation: Words = ""  # noqa: N815
    employmentType: Words = ""  # noqa: N815
    workHours: Words = ""  # noqa: N815
    hiringOrganization: Words = ""  # noqa: N815
    jobLocation: Annotated[str, BeforeValidator(_place)] = ""  # noqa: N815
    baseSalary: Annotated[str, BeforeValidator(_pay)] = ""  # noqa: N815

    def lines(self) -> Iterator[str]:
        """The posting as lines of text, under the headings that Taiwanese postings use."""
        yield self.title
        for heading, text in (
            ("公司", self.hiringOrganization),
            ("工作內容", self.description),
            ("工作職責", self.responsibilities),
            ("技能", self.skills),
            ("條件要求", self.qualifications),
            ("工作經歷要求", self.experienceRequirements),
            ("學歷要求", self.educationRequirements),
            ("工作地點", self.jobLocation),
            ("工作時間", "，".join(filter(None, (self.employmentType, self.workHours)))),
            ("薪資", self.baseSalary),
            ("福利", "\n".join(filter(None, (self.jobBenefits, self.incentiveCompensation)))),
        ):
            if text:
                yield f"【{heading}】"
                yield text


def is_posting(thing: Any) -> bool:
    """Whether a JSON object says that it is a JobPosting."""
    kinds = thing.get("@type") if isinstance(thing, dict) else None
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.rsplit("/", 1)[-1] == "JobPosting" for kind in kinds)


def scripts(root: etree._Element) -> Iterator[str]:
    """The JSON-LD in a page."""
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            yield "".join(map(str, script.itertext()))
