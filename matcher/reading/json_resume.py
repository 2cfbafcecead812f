"""JSON Resume (jsonresume.org): its fields, validated, and the résumé that they make."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

SECTIONS = frozenset(
    (
        *("basics", "work", "volunteer", "education", "awards", "certificates", "publications", "skills"),
        *("languages", "interests", "references", "projects"),
    )
)


def _plain(value: Any) -> Any:
    """Numbers are taken for text (a year as a date), null for absence; the rest must be text."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _listed(value: Any) -> Any:
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_plain)]
Texts = Annotated[list[Text], BeforeValidator(_listed)]


class _Fields(BaseModel):
    # Generators add fields of their own («_key», «x-…»); they are no reason to refuse a résumé.
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class Location(_Fields):
    """Where somebody lives."""

    address: Text = ""
    city: Text = ""
    region: Text = ""


class Basics(_Fields):
    """The head of a résumé."""

    name: Text = ""
    label: Text = ""
    email: Text = ""
    phone: Text = ""
    url: Text = ""
    summary: Text = ""
    location: Location | None = None


class Post(_Fields):
    """Work, volunteering or a project: one stretch of doing something."""

    name: Text = ""
    company: Text = ""  # what ``name`` was called before version 1.0
    organization: Text = ""
    entity: Text = ""
    position: Text = ""
    roles: Texts = []
    startDate: Text = ""  # noqa: N815 - the format's own name, and the path in errors
    endDate: Text = ""  # noqa: N815
    description: Text = ""
    summary: Text = ""
    highlights: Texts = []
    keywords: Texts = []


class Study(_Fields):
    """One stretch of education."""

    institution: Text = ""
    area: Text = ""
    studyType: Text = ""  # noqa: N815
    startDate: Text = ""  # noqa: N815
    endDate: Text = ""  # noqa: N815
    courses: Texts = []


class Entry(_Fields):
    """An entry of a short section: an award, a certificate, a skill, a language …"""

    name: Text = ""
    title: Text = ""
    language: Text = ""
    level: Text = ""
    fluency: Text = ""
    date: Text = ""
    releaseDate: Text = ""  # noqa: N815
    issuer: Text = ""
    awarder: Text = ""
    publisher: Text = ""
    summary: Text = ""
    reference: Text = ""
    keywords: Texts = []


Posts = Annotated[list[Post], BeforeValidator(_listed)]
Studies = Annotated[list[Study], BeforeValidator(_listed)]
Entries = Annotated[list[Entry], BeforeValidator(_listed)]


class Resume(_Fields):
    """A whole ``resume.json``."""

    basics: Basics | None = None
    work: Posts = []
    volunteer: Posts = []
    projects: Posts = []
    education: Studies = []
    skills: Entries = []
    languages: Entries = []
    certificates: Entries = []
    awards: Entries = []
    publications: Entries = []
    interests: Entries = []
    references: Entries = []

    def lines(self) -> Iterator[str]:
        """The résumé as lines of text, under the headings that Taiwanese résumés use."""
        if self.basics:
            yield from _basics(self.basics)
        for heading, posts in (
            ("工作經歷", self.work),
            ("專案經歷", self.projects),
            ("志工經歷", self.volunteer),
        ):
            yield from _section(heading, posts, _post)
        yield from _section("學歷", self.education, _study)
        for heading, entries in (
            ("專業技能", self.skills),
            ("語言", self.languages),
            ("證照", self.certificates),
            ("獲獎", self.awards),
            ("著作", self.publications),
            ("興趣", self.interests),
            ("推薦", self.references),
        ):
            yield from _section(heading, entries, _entry)


def _section(heading: str, parts: Iterable[Any], show: Any) -> Iterator[str]:
    for number, part in enumerate(parts):
        if number == 0:
            yield f"【{heading}】"
        yield from show(part)


def _basics(basics: Basics) -> Iterator[str]:
    yield " ".join(filter(None, (basics.name, basics.label)))
    place = basics.location
    address = "".join((place.region, place.city, place.address)) if place else ""
    contact = (("電話", basics.phone), ("Email", basics.email), ("網站", basics.url), ("地址", address))
    yield from (f"{name}：{value}" for name, value in contact if value)
    if basics.summary:
        yield "【自我介紹】"
        yield basics.summary


def _post(post: Post) -> Iterator[str]:
    names = (
        post.name or post.company or post.organization,
        post.position,
        "、".join(post.roles),
        post.entity,
    )
    yield "　".join(filter(None, (*names, _period(post.startDate, post.endDate))))
    yield from filter(None, (post.summary, post.description))
    yield from (f"• {highlight}" for highlight in post.highlights if highlight)
    if post.keywords:
        yield "、".join(post.keywords)


def _study(study: Study) -> Iterator[str]:
    period = _period(study.startDate, study.endDate)
    yield "　".join(filter(None, (study.institution, study.area, study.studyType, period)))
    if study.courses:
        yield "、".join(study.courses)


def _entry(entry: Entry) -> Iterator[str]:
    name = entry.name or entry.title or entry.language
    by = entry.issuer or entry.awarder or entry.publisher
    head = "　".join(filter(None, (name, entry.level or entry.fluency, by, entry.date or entry.releaseDate)))
    words = "、".join(entry.keywords)
    yield "：".join(filter(None, (head, words)))
    yield from filter(None, (entry.summary, entry.reference))


def _period(start: str, end: str) -> str:
    return f"{start} – {end or '至今'}" if start else end
