"""`mesange demo`: a harbour town that never was, with its people, its brands and ten days of their talk."""
