"""Finding a route: by segments, by names, the rest, and what else a path answers to."""

from typing import Any

import pytest

from mesange.kit.errors import MesangeError
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response
from mesange.kit.web.router import Route, Router


async def endpoint(server: Any, request: Request) -> Response:
    return Response()


async def errors(server: Any, request: Request, error: MesangeError) -> Response:
    return Response(status=error.http_status)


@pytest.fixture
def router() -> Router:
    router = Router()
    for method, path in (
        ("GET", "/"),
        ("GET", "/api/v1/statuses/:id"),
        ("DELETE", "/api/v1/statuses/:id"),
        ("GET", "/api/v1/statuses/:id/context"),
        ("GET", "/api/v1/accounts/verify_credentials"),
        ("GET", "/api/v1/accounts/:id"),
        ("GET", "/api/v1/accounts/:account/lists/:list"),
        ("GET", "/@:name"),
        ("GET", "/@:name.rss"),
        ("GET", "/@:name/:id"),
        ("GET", "/tags/:name"),
        ("GET", "/tags/:name.rss"),
        ("GET", "/static/*path"),
    ):
        router.add(Route(method, path, endpoint, errors))
    return router


@pytest.mark.parametrize(
    ("path", "route", "segments"),
    [
        ("/", "/", {}),
        ("/api/v1/statuses/12", "/api/v1/statuses/:id", {"id": "12"}),
        ("/api/v1/statuses/12/", "/api/v1/statuses/:id", {"id": "12"}),
        ("/api/v1/statuses/é x/context", "/api/v1/statuses/:id/context", {"id": "é x"}),
        ("/api/v1/accounts/verify_credentials", "/api/v1/accounts/verify_credentials", {}),
        ("/api/v1/accounts/5", "/api/v1/accounts/:id", {"id": "5"}),
        ("/api/v1/accounts/5/lists/6", "/api/v1/accounts/:account/lists/:list", {"account": "5", "list": "6"}),
        (
            "/api/v1/accounts/verify_credentials/lists/6",
            "/api/v1/accounts/:account/lists/:list",
            {"account": "verify_credentials", "list": "6"},
        ),
        ("/@ada", "/@:name", {"name": "@ada"}),
        ("/@ada@elsewhere.example/7", "/@:name/:id", {"name": "@ada@elsewhere.example", "id": "7"}),
        ("/@ada.rss", "/@:name.rss", {"name": "@ada"}),
        ("/@ada.rs", "/@:name", {"name": "@ada.rs"}),
        ("/@ada.b.rss", "/@:name.rss", {"name": "@ada.b"}),
        ("/@ada@elsewhere.rss", "/@:name", {"name": "@ada@elsewhere.rss"}),
        ("/@ada.rss/7", "/@:name/:id", {"name": "@ada.rss", "id": "7"}),
        ("/tags/rio.rss", "/tags/:name.rss", {"name": "rio"}),
        ("/tags/ara.rss", "/tags/:name.rss", {"name": "ara"}),
        ("/tags/.rss", "/tags/:name", {"name": ".rss"}),
        ("/static/css/a.css", "/static/*path", {"path": "css/a.css"}),
    ],
)
def test_a_path_finds_its_route(router: Router, path: str, route: str, segments: dict[str, str]) -> None:
    found = router.find("GET", path)
    assert isinstance(found, tuple)
    assert (found[0].path, found[1]) == (route, segments)


@pytest.mark.parametrize("path", ["/nothing", "/api", "/api/v1/statuses", "/api/v1/statuses/1/2", "/ada", "/api//v1"])
def test_an_unknown_path_answers_to_nothing(router: Router, path: str) -> None:
    assert router.find("GET", path) == set()


def test_a_path_tells_what_it_answers_to(router: Router) -> None:
    assert router.find("POST", "/api/v1/statuses/1") == {"GET", "DELETE"}
    assert isinstance(router.find("HEAD", "/api/v1/statuses/1"), tuple), "who answers GET answers HEAD"
