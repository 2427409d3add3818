"""Writes of push: subscribing, and sending what is on its way."""
