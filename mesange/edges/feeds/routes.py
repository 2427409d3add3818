"""Everything that this edge answers to."""

from mesange.edges.feeds.endpoints import FORMATS, account_feed, feed_endpoint, hashtag_feed
from mesange.edges.feeds.oembed import oembed
from mesange.kit.web.plain_errors import plain_json_error, plain_text_error
from mesange.kit.web.router import Route

MAKERS = {"/@:name": account_feed, "/tags/:name": hashtag_feed}

ROUTES = [
    *(
        Route("GET", f"{path}.{written.ending}", feed_endpoint(make, written), plain_text_error)
        for path, make in MAKERS.items()
        for written in FORMATS
    ),
    Route("GET", "/api/oembed", oembed, plain_json_error),
]
