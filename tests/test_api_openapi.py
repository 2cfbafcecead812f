"""The OpenAPI document: as it is kept, true of the answers, and whole."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from api.answers import json_answer
from api.app import create_app
from api.openapi.descriptions import FIELDS, SHAPES
from api.openapi.document import as_text, document
from api.responses import FitBody, ReportBody, StandardBody
from matcher import Matcher
from matcher.settings import Settings
from matcher.standard import Standard
from tests.batches import made, made_of_texts, until
from tests.services import POSTING, RESUME

KEPT = Path(__file__).parent.parent / "docs" / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    for path, found in DOCUMENT["paths"].items():
        for method, operation in found.items():
            yield method, path, operation


def check(value: Any, schema: dict[str, Any]) -> None:
    """Raise unless the value is of the schema."""
    Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(value)


def resolved(response: dict[str, Any]) -> dict[str, Any]:
    """The response itself where it is a reference."""
    name = response.get("$ref", "").rsplit("/", 1)[-1]
    return DOCUMENT["components"]["responses"][name] if name else response


def test_the_kept_document_is_that_of_the_application() -> None:
    """If not: ``python -m api.openapi > docs/openapi.json``."""
    app = create_app(Settings.model_construct())
    assert KEPT.read_text(encoding="utf-8") == as_text(document(app))


def test_it_does_not_depend_on_settings(client: TestClient) -> None:
    assert client.get("/openapi.json").json() == DOCUMENT


def test_every_operation_says_what_it_is() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(set(names)) == len(names)
    tags = {tag["name"] for tag in DOCUMENT["tags"]}
    for _, _, operation in operations():
        assert set(operation["tags"]) <= tags
        assert operation["summary"]
        assert operation["description"]
        assert "500" in operation["responses"]
        for response in map(resolved, operation["responses"].values()):
            assert response["headers"]["X-Request-Id"]


def test_every_operation_with_a_key_says_what_becomes_of_those_without() -> None:
    for method, path, operation in operations():
        needed = {"401", "403", "429", "503"} if "security" in operation else set()
        if method == "post":
            needed |= {"400", "408", "413", "415", "422", "504"}
        assert needed <= set(operation["responses"]), path


def test_every_example_is_of_its_schema() -> None:
    found = 0
    for _, _, operation in operations():
        bodies = [operation.get("requestBody", {})]
        for part in [*bodies, *map(resolved, operation["responses"].values())]:
            for content in part.get("content", {}).values():
                examples = [one["value"] for one in content.get("examples", {}).values()]
                for example in examples + ([content["example"]] if "example" in content else []):
                    check(example, content["schema"])
                    found += 1
    assert found > 50


def test_every_shape_and_field_is_described() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert set(schemas) - {"JsonResume", "JobPosting"} == set(SHAPES)
    for name, fields in FIELDS.items():
        assert set(fields) == set(schemas[name]["properties"]), name
    for name in ("ScoreText", "NamedText", "MatchTexts", "BatchTexts", "StandardText"):
        assert all("description" in field for field in schemas[name]["properties"].values()), name


def test_the_answers_are_those_of_the_library(matcher: Matcher, bas2421: Standard) -> None:
    posting, resume = matcher.score(POSTING, "posting"), matcher.score(RESUME, "resume")
    fit = matcher.match(posting, resume)
    for shape, value in (
        (ReportBody.of(resume), resume),
        (FitBody.of(fit), fit),
        (StandardBody.of(bas2421), bas2421),
    ):
        assert json.loads(bytes(json_answer(shape).body)) == value.to_dict()


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("post", "/v1/score", {"text": RESUME}),
        ("post", "/v1/match", {"posting": {"text": POSTING}, "resumes": [{"text": RESUME}]}),
        ("get", "/v1/standards", None),
        ("get", "/v1/standards/{code}", None),
        ("get", "/healthz", None),
        ("get", "/readyz", None),
        ("get", "/v1/version", None),
    ],
)
def test_answers_are_of_their_schema(client: TestClient, method: str, path: str, sent: Any) -> None:
    answer = client.request(method, path.replace("{code}", "BAS2421-003v4"), json=sent)
    schema = DOCUMENT["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]
    check(answer.json(), schema)


def test_answers_about_batches_are_of_their_schema(client: TestClient) -> None:
    sent = {"posting": {"text": POSTING}, "resumes": [{"text": RESUME}, {"text": f"• {RESUME}"}]}
    batch = made_of_texts(client, *sent["resumes"], posting=sent["posting"])  # type: ignore[arg-type]
    broken = made(client, ("a.pdf", b"%PDF-1.7 broken"))
    for one in (batch, broken):
        until(client, one)
        for part in ("", "/{batch}", "/{batch}/files", "/{batch}/results"):
            path = f"/v1/batches{part}"
            answer = client.get(path.replace("{batch}", one))
            content = DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]
            check(answer.json(), content["application/json"]["schema"])
    again = client.post("/v1/batches", json=sent)
    schema = DOCUMENT["paths"]["/v1/batches"]["post"]["responses"]["202"]["content"]["application/json"]
    check(again.json(), schema["schema"])


def test_problems_are_of_their_schema(client: TestClient) -> None:
    for answer in (
        client.post("/v1/score", json={}),
        client.post("/v1/score", json={"text": RESUME, "standard": "x"}),
        client.post("/v1/score", files={"file": ("a.pdf", b"%PDF-1.7 broken")}),
        client.get("/nix"),
    ):
        check(answer.json(), {"$ref": "#/components/schemas/ProblemBody"})
