"""Everything that this edge answers to."""

from mesange.edges.discovery import nodeinfo, site, sitemap, webfinger
from mesange.kit.web.plain_errors import plain_json_error
from mesange.kit.web.router import Endpoint, Route

DOCUMENTS: dict[str, Endpoint] = {
    "/.well-known/webfinger": webfinger.webfinger,
    "/.well-known/host-meta": webfinger.host_meta,
    "/.well-known/host-meta.json": webfinger.host_meta_json,
    "/.well-known/nodeinfo": nodeinfo.nodeinfo_links,
    "/nodeinfo/:version": nodeinfo.nodeinfo,
    "/.well-known/change-password": site.change_password,
    "/robots.txt": site.robots,
    "/sitemap.xml": sitemap.sitemap_index,
    "/sitemaps/:name": sitemap.sitemap,
    "/manifest.webmanifest": site.manifest,
    "/share": site.share,
}

ROUTES = [Route("GET", path, endpoint, plain_json_error) for path, endpoint in DOCUMENTS.items()]
