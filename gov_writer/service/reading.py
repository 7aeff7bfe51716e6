"""Uploads -> sources, through a folder of its own that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from gov_writer import ingest
from gov_writer.domain import Source
from gov_writer.service.bodies import Upload


def sources(
    uploads: Sequence[Upload], *, first: int = 1, prefix: str = "S", with_layout: bool = False
) -> tuple[Source, ...]:
    """Each upload read by the ending of its name; raises the first GovWriterError.

    with_layout: the looks of a .docx too, for a draft to be checked.
    """
    found = []
    with tempfile.TemporaryDirectory(prefix="gov-writer-") as folder:
        for number, upload in enumerate(uploads, first):
            suffix = Path(upload.name).suffix.lower()
            place = Path(folder) / f"{number}{suffix if suffix.isascii() else ''}"
            place.write_bytes(upload.content)
            found.append(
                ingest.read(str(place), id=f"{prefix}{number}", shown_as=upload.name, with_layout=with_layout)
            )
    return tuple(found)
