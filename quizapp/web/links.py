"""Links as people hand them on: the whole address, and a code that a phone reads."""

from __future__ import annotations

import io

import segno
from flask import current_app, url_for
from markupsafe import Markup


def whole(endpoint: str, code: str) -> str:
    """Return the address of a page as it is reached from outside."""
    site: str = current_app.config["SETTINGS"].site_url
    return site + url_for(endpoint, code=code) if site else url_for(endpoint, code=code, _external=True)


def qr_code(address: str, label: str) -> Markup:
    """Return an address as a QR code, an SVG to stand in a page."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    # Its colours are fixed: phones want dark on light, whatever the page looks like.
    code.save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass="qr", lineclass=None, title=label,
        dark="#000", light="#fff",
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 (segno escapes the title, the rest is its own)
