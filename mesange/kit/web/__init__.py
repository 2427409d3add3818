"""Requests, responses, routes: what every edge needs to speak HTTP."""
