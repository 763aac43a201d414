import io

from django.core.exceptions import ValidationError

import pytest

from core.filetypes import check_content, extension_of, looks_like

ZIP = b"PK\x03\x04rest"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rapport.pdf", b"%PDF-1.7 rest", None),
        ("RAPPORT.PDF", b"%PDF-1.7 rest", None),
        ("rommel-vooraf.pdf", b"x" * 900 + b"%PDF-1.4", None),
        ("te-laat.pdf", b"x" * 1020 + b"%PDF-1.4", "content"),
        ("pagina.pdf", b"<html><script>alert(1)</script>", "content"),
        ("leeg.pdf", b"", "content"),
        ("blad.docx", ZIP, None),
        ("blad.docx", b"%PDF-1.7", "content"),
        ("lijst.csv", b"a;b\n1;2\n", None),
        ("lijst.csv", b"MZ\x00\x00program", "content"),
        ("pagina.html", b"<html>", "type"),
        ("plaatje.svg", b"<svg/>", "type"),
        ("zonder-extensie", b"%PDF-1.7", "type"),
        ("dubbel.pdf.html", b"%PDF-1.7", "type"),
        ("ondertitels.vtt", b"\xef\xbb\xbfWEBVTT\n", None),
        ("film.vtt", b"geen ondertitels", "content"),
    ],
)
def test_only_declared_types_that_are_what_they_say(name, content, code):
    file = io.BytesIO(content)
    if code is None:
        check_content(file, name)
        assert file.tell() == 0
        return
    with pytest.raises(ValidationError) as caught:
        check_content(file, name)
    assert caught.value.code == code


def test_a_file_over_the_limit_is_refused_with_both_figures(settings):
    settings.HUB_MAX_UPLOAD_BYTES = 2_000_000
    with pytest.raises(ValidationError) as caught:
        check_content(io.BytesIO(b"%PDF-" + b"x" * 3_000_000), "groot.pdf")
    assert caught.value.code == "size"
    assert "3 MB" in caught.value.messages[0]
    assert "2 MB" in caught.value.messages[0]


def test_extension_and_signature():
    assert extension_of("A.B.PDF") == "pdf"
    assert looks_like(b"\x00\x00\x00\x20ftypM4A ", "m4a")
    assert not looks_like(b"ID3", "m4a")
