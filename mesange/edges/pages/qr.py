"""QR codes as pictures inside the page: no request that could be seen, no file that could be kept."""


def qr_picture(text: str) -> str:
    """A data: address of an SVG, dark on white whatever the theme."""
    import segno

    return segno.make(text, error="m").svg_data_uri(border=3, dark="#101820", light="#ffffff")
