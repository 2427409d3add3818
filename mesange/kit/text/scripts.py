"""Character classes shared by the patterns, as ranges of `regex` sets (properties are slower to compile)."""

# Overrides, embeddings, isolates and marks: they must never hide inside a link or a name.
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

# Thai, Lao, Burmese, Khmer, Han, kana, Hangul: written without spaces, so an entity may touch their letters.
SPACELESS = (
    r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f"
    r"\u3031-\u303c\u3041-\u30ff\u3130-\u318f\u31a0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\uff66-\uffdc\U00020000-\U0003ffff"
)

# Not letters, yet part of a hashtag for those who write with them (twitter-text's list).
JOINERS = r"_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
