"""Our nouns in the API's shapes, as bytes: stable heads kept, live tails joined."""
