"""Ground floor: what would be useful to a program that is not a microblog."""
