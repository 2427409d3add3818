"""Holds every JSON answer of a client session against the published schema of the API."""

import gzip
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.journeys.shared_data import FOLDER

DOCUMENT = FOLDER / "api" / "mastodon_openapi_4.7.0.json.gz"
ADDRESS = "urn:mastodon"
DEVIATIONS = {
    "'userinfo_endpoint' is a required property": "OpenID's userinfo is not offered, and not announced.",
    "'' is not a 'uri'": "A card tells the address that a page does not name as an empty text, as Mastodon does.",
}
"""What we answer differently on purpose, and why."""
WRONG = {("GET", "/api/v1/filters"): "the document says one filter; Mastodon answers all of them"}
"""Where the document itself is wrong, and how."""
FORMATS = {
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
    "date": r"\d{4}-\d\d-\d\d",
    "uri": r"[a-z][a-z0-9+.-]*:\S+",
    "email": r"[^@\s]+@[^@\s]+",
    "iso-639-1": r"[a-z]{2,3}(-[A-Za-z]+)?",
}


@dataclass
class Contract:
    """Collects `failures`; a journey asserts at its end that there are none."""

    document: dict[str, Any]
    failures: list[str] = field(default_factory=list[str])
    checked: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self._registry: Any = Registry().with_resource(ADDRESS, resource)
        self._formats = _format_checker()
        literal_first = sorted(self.document["paths"], key=lambda path: path.count("{"))
        self._paths = [(path, _template_pattern(path)) for path in literal_first]

    def on_response(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        """A hook of `requests`: session.hooks["response"].append(contract.on_response)."""
        if "json" in answer.headers.get("content-type", "") and answer.ok:
            path = urlsplit(str(answer.request.url)).path
            self.check(str(answer.request.method), path, answer.status_code, answer.json())

    def check(self, method: str, path: str, status: int, body: Any) -> None:
        """Note what in the body is not as the schema of this operation says."""
        template = next((name for name, pattern in self._paths if pattern.fullmatch(path)), None)
        schema = self._schema(template, method.lower(), status) if template else None
        if schema is None or (method, template) in WRONG:
            return
        self.checked.add(f"{method} {template}")
        validator = Draft202012Validator(schema, registry=self._registry, format_checker=self._formats)
        found = (error for error in validator.iter_errors(body) if error.message not in DEVIATIONS)
        self.failures += [f"{method} {path}: {_describe(error)}" for error in found]

    def _schema(self, template: str, method: str, status: int) -> dict[str, Any] | None:
        answers = self.document["paths"][template].get(method, {}).get("responses", {})
        content = answers.get(str(status), {}).get("content", {})
        if "application/json" not in content:
            return None
        escaped = template.replace("~", "~0").replace("/", "~1")
        place = f"/paths/{escaped}/{method}/responses/{status}/content/application~1json/schema"
        return {"$ref": f"{ADDRESS}#{place}"}


def read_contract() -> Contract | None:
    """The contract of the published document, where it is at hand."""
    return Contract(json.loads(gzip.decompress(DOCUMENT.read_bytes()))) if DOCUMENT.exists() else None


def _template_pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, pattern in FORMATS.items():
        checker.checks(name)(_matcher(re.compile(pattern)))
    return checker


def _matcher(pattern: re.Pattern[str]) -> Any:
    return lambda value: not isinstance(value, str) or bool(pattern.fullmatch(value))


def _describe(error: ValidationError) -> str:
    """The deepest reason: a `oneOf` alone says little."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    where = "/".join(str(step) for step in error.absolute_path)
    return f"at {where or 'top'}: {error.message[:300]}"
