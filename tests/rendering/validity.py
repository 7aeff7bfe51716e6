"""Is the XML as the schemas of ECMA-376 (transitional) and Microsoft's own rules want it?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from openxml_audit import OpenXmlValidator

#: Word opens documents without a theme as it should; the validator asks for one.
_NOT_NEEDED = "relationships/theme'"


def complaints(data: bytes) -> list[str]:
    """What a validator has against a .docx, one line each; none is good."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.docx"
        path.write_bytes(data)
        found = OpenXmlValidator().validate(path).errors
    return [f"{e.part_uri} {e.path}: {e.description}" for e in found if _NOT_NEEDED not in e.description]
