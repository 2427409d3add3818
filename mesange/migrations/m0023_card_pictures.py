"""Finding the card of a picture that made room for others."""

STATEMENTS = ["CREATE INDEX preview_cards_by_image ON preview_cards (image)"]
