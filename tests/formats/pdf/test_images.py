"""Where the pictures of a page are, those within forms too: in the dark they may be wanted as they are."""

import pytest

from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.images import page_images
from tests.formats.pdf.ink import Edges, Ink
from tests.formats.pdf.makers import assembled, stream

RED = stream(
    b"\xff\x00\x00", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8"
)
USES = b"/Resources << /XObject << /Red 5 0 R /Inner 6 0 R /Outer 7 0 R >> >>"


def form(content: bytes, matrix: bytes = b"1 0 0 1 0 0") -> bytes:
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [-500 -500 500 500] /Matrix [%s] %s" % (matrix, USES))


def page(content: bytes, inner: bytes, outer: bytes, box: bytes = b"/MediaBox [0 0 400 600]") -> bytes:
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R " + USES + b" " + box + b" >>",
        stream(content),
        RED,
        inner,
        outer,
    )


def images_of(data: bytes) -> list[Edges]:
    file = PdfFile(data, "a.pdf")
    with file.page(0) as found:
        assert found is not None
        images = list(page_images(found))
    file.close()
    return images


PICTURE = b"q 60 0 0 40 10 20 cm /Red Do Q"
IN_FORM = form(PICTURE)


@pytest.mark.parametrize(
    ("content", "inner", "outer"),
    [
        (PICTURE, IN_FORM, IN_FORM),
        (b"q 2 0 0 1 30 50 cm /Inner Do Q", IN_FORM, IN_FORM),
        (b"q 1 0 0 1 200 50 cm /Inner Do Q", form(PICTURE, b"0 1 -1 0 7 9"), IN_FORM),
        (b"q 1 0 0 1.5 100 50 cm /Outer Do Q", form(PICTURE, b"0 1 -1 0 7 9"), form(b"q 2 0 0 2 11 3 cm /Inner Do Q")),
        (
            b"q 1 0 0 1 90 50 cm /Outer Do Q",
            form(PICTURE, b"1 0 0 1 5 5"),
            form(b"q 0 1.5 -1.5 0 80 3 cm /Inner Do Q", b"1 0 0 2 40 0"),
        ),
    ],
)
@pytest.mark.parametrize(
    "box", [b"/MediaBox [0 0 400 600]", b"/MediaBox [-50 -20 500 700] /CropBox [-10 5 390 605] /Rotate 90"]
)
def test_a_picture_is_where_it_is_drawn(content: bytes, inner: bytes, outer: bytes, box: bytes) -> None:
    data = page(content, inner, outer, box)
    (found,) = images_of(data)
    assert found == pytest.approx(Ink(data, scale=4).bounds(), abs=0.3)


def test_every_use_of_a_form_is_a_picture() -> None:
    data = page(b"/Inner Do q 1 0 0 1 100 100 cm /Inner Do Q", IN_FORM, IN_FORM)
    assert [round(edges[0]) for edges in images_of(data)] == [10, 110]


def test_a_scan_of_the_page_within_a_form_is_the_page() -> None:
    data = page(b"/Inner Do", form(b"q 400 0 0 600 0 0 cm /Red Do Q"), IN_FORM)
    assert images_of(data) == []


def test_forms_that_hold_each_other_come_to_an_end() -> None:
    data = page(b"/Outer Do", form(PICTURE + b" /Outer Do"), form(b"/Inner Do"))
    assert 1 <= len(images_of(data)) < 10
