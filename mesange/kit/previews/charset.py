"""Bytes of a page as text: by its BOM, by what the server or the page declares, else by trying."""

import re
from email.message import Message

DECLARED_WITHIN = 1_024
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_:-]{2,40})""", re.IGNORECASE)
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))
# As the Encoding Standard reads them: a page that says Latin-1 means Windows-1252.
CALLED = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252", "gb2312": "gb18030",
          "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "tis-620": "cp874",
          "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "utf8": "utf-8", "utf-16": "utf-16-le"}  # fmt: skip
KNOWN = frozenset(
    "utf-8 utf-16-le utf-16-be windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 "
    "windows-1256 windows-1257 windows-1258 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 "
    "iso-8859-8 iso-8859-10 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u macintosh cp866 cp874 cp932 "
    "cp949 gb18030 big5 euc-jp".split()
)


def text_of(body: bytes, content_type: str) -> str:
    """Never raises: what cannot be read becomes the replacement character."""
    for bom, name in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    header = Message()
    header["content-type"] = content_type
    declared = DECLARED.search(body[:DECLARED_WITHIN])
    named = (str(header.get_param("charset", "")), declared[1].decode() if declared else "")
    known = [encoding for name in named if (encoding := _known(name))]
    if known:
        return body.decode(known[0], "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page that was cut in the middle of a sign is UTF-8 all the same.
        is_cut = error.reason == "unexpected end of data"
        return body.decode("utf-8" if is_cut else "windows-1252", "replace")


def _known(name: str) -> str:
    """Only codecs of texts: Python knows others, such as `zip` and `utf-7`, that no page may ask for."""
    name = name.strip().lower()
    name = CALLED.get(name, name)
    return name if name in KNOWN else ""
