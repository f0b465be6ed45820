"""Files that are made to do harm: small ones that would grow, deep ones, large ones."""

from __future__ import annotations

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


def huge(size: int = 100_000_000) -> bytes:
    """A file of 100 MB that begins like a schedule."""
    return b"<schedule><conference><title>" + b"x" * size
