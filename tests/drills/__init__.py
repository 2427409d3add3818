"""Faults made on purpose: each drill prints its figures and fails when something is lost."""
