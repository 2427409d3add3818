"""Writes of link cards: noting where a post leads, asking the page, keeping its picture."""
