"""Small files of every kind, made when a test asks for them."""

from collections.abc import Sequence
from pathlib import Path

import docx
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

MEASURES = """月亮湾社会保障卡管理办法

第一章 总则

第一条 为了方便群众用卡，制定本办法。

第二条　月亮湾人力资源社会保障局发行社会保障卡。
补发的卡收工本费十五元。

第二章 挂失

第三条 丢卡的人应当按照第二条规定的网点挂失。
"""

# Every character code is its Unicode number, so that a reader gets the text back.
_CMAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
    b"endcmap end end"
)


def pdf(path: Path, pages: Sequence[Sequence[str]], password: str | None = None) -> Path:
    """A PDF whose pages show these lines, Chinese or English; a page without lines is blank."""
    writer = PdfWriter()
    font = writer._add_object(_font(writer))
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
        )
        shown = [f"1 0 0 1 50 {800 - 20 * place} Tm <{_hex(line)}> Tj" for place, line in enumerate(lines)]
        page[NameObject("/Contents")] = writer._add_object(_stream(f"BT /F 12 Tf {' '.join(shown)} ET".encode()))
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)
    writer.close()
    return path


def _font(writer: PdfWriter) -> DictionaryObject:
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Plain"),
            NameObject("/DW"): NumberObject(500),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Plain"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
            NameObject("/ToUnicode"): writer._add_object(_stream(_CMAP)),
        }
    )


def _stream(data: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def _hex(line: str) -> str:
    return line.encode("utf-16-be").hex()


def word(path: Path) -> Path:
    """A Word file with a title, headings, a paragraph and a table."""
    document = docx.Document()
    document.add_heading("Moon Bay card guide", 0)
    document.add_heading("Fees", 1)
    document.add_paragraph("A replacement costs 15 yuan.")
    document.add_heading("Opening hours", 1)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Monday", "9 to 12", "Friday", "closed")):
        cell.text = text
    document.save(str(path))
    return path
