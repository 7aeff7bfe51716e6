"""``gov-writer format``: an existing Word document in the layout of GB/T 9704-2012."""

from __future__ import annotations

from typing import Annotated

import typer


def format_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="要排版的 .docx 文件。")],
    out: Annotated[str, typer.Option("-o", "--out", metavar="OUT", help="排好版的文件，以 .docx 结尾。")],
) -> None:
    """按《党政机关公文格式》（GB/T 9704-2012）排版：只改版式，一个字也不改。

    例：gov-writer format 初稿.docx -o 排版.docx
    """
    from pathlib import Path

    from gov_writer import pipeline
    from gov_writer.cli.output import protect, remind, write_result
    from gov_writer.errors import GovWriterError

    if out != "-" and Path(out).suffix.lower() != ".docx":
        raise GovWriterError(f"不能写成“{out}”。", hint="输出文件名请以 .docx 结尾。", code="OUT-103")
    protect((out,), (file,))
    data, warnings = pipeline.laid_out(file)
    write_result(data, out)
    for warning in warnings:
        remind(warning)
