"""What a film or sound is by its first bytes, before any decoder sees it."""

MOST_RECORDING_BYTES = 103_809_024
MOST_FRAME_PIXELS = 8_294_400
MOST_FRAMES_PER_SECOND = 120
RECORDING_TYPES = (
    *("video/mp4", "video/webm", "video/quicktime", "audio/mpeg", "audio/mp3", "audio/ogg", "audio/flac"),
    *("audio/wav", "audio/x-wav", "audio/mp4", "audio/m4a", "audio/x-m4a"),
)
FILM_BRANDS = (
    *(b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"av01", b"M4V ", b"M4A ", b"M4B "),
    *(b"qt  ", b"dash", b"MSNV", b"3gp4", b"3gp5"),
)


def container_of(first: bytes) -> str:
    """mov, matroska, mp3, ogg, flac or wav; "" for anything else: playlists and lists of files are nothing here."""
    if first[4:8] == b"ftyp" and first[8:12] in FILM_BRANDS:
        return "mov"
    if first.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if first.startswith(b"OggS"):
        return "ogg"
    if first.startswith(b"fLaC"):
        return "flac"
    if first.startswith(b"RIFF") and first[8:12] == b"WAVE":
        return "wav"
    is_frame = len(first) > 1 and first[0] == 0xFF and first[1] & 0xE6 == 0xE2
    return "mp3" if first.startswith(b"ID3") or is_frame else ""
