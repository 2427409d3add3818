"""Languages one may say that a post is in, each by its own name. language.js guesses among them."""

from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {
    "ar": "العربية", "br": "Brezhoneg", "ca": "Català", "de": "Deutsch", "el": "Ελληνικά", "en": "English",
    "es": "Español", "eu": "Euskara", "fr": "Français", "he": "עברית", "hi": "हिन्दी", "it": "Italiano", "ja": "日本語",
    "ko": "한국어", "nl": "Nederlands", "pl": "Polski", "pt": "Português", "ro": "Română", "ru": "Русский",
    "sv": "Svenska", "th": "ไทย", "tr": "Türkçe", "uk": "Українська", "zh": "中文",
}  # fmt: skip
