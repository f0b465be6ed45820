"""Files that are made to do harm: small ones that would grow, deep ones, large ones."""

from __future__ import annotations

import io
import zipfile

MANY = 9


def billion_laughs() -> bytes:
    """XML whose entities would expand to gigabytes."""
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, MANY + 1))
    return (
        f"<?xml version='1.0'?><!DOCTYPE schedule [{entities}]><schedule><title>&a{MANY};</title></schedule>".encode()
    )


def quadratic_blowup() -> bytes:
    """XML with one large entity that is used very often."""
    return (
        b'<?xml version="1.0"?><!DOCTYPE schedule [<!ENTITY a "' + b"x" * 200_000 + b'">]><schedule><title>'
        + b"&a;" * 50_000
        + b"</title></schedule>"
    )  # fmt: skip


def external_entity() -> bytes:
    """XML that asks for a file of the machine."""
    return (
        b'<?xml version="1.0"?><!DOCTYPE schedule [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        b"<schedule><conference><title>&secret;</title></conference></schedule>"
    )


def deep_xml() -> bytes:
    """XML a hundred thousand levels deep."""
    return b"<schedule>" * 100_000


def wide_xml() -> bytes:
    """XML with very many elements in a few MB."""
    return b"<schedule><conference/>" + b"<a/>" * 1_000_000 + b"</schedule>"


def many_attributes() -> bytes:
    """One element with very many attributes."""
    return b"<schedule " + b" ".join(b'a%d="x"' % n for n in range(300_000)) + b"/>"


def yaml_aliases() -> bytes:
    """YAML whose aliases would expand to gigabytes."""
    lists = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, MANY + 1))
    return f"ghid: 1\na0: &a0 [x, x]\n{lists}".encode()


def deep_json() -> bytes:
    """JSON a million levels deep."""
    return b'{"schedule": ' + b"[" * 1_000_000


def zip_bomb() -> bytes:
    """A workbook of some kilobytes that would unpack to hundreds of megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b"<sst>" + b" " * 150_000_000)
    return out.getvalue()


def endless_calendar() -> bytes:
    """A calendar of very many lines."""
    return b"BEGIN:VCALENDAR\r\n" + b"X:\r\n" * 500_000


def huge(size: int = 100_000_000) -> bytes:
    """A file of 100 MB that begins like a schedule."""
    return b"<schedule><conference><title>" + b"x" * size
