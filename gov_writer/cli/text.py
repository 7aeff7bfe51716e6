"""``gov-writer text``: a file's text as every other command reads it."""

from __future__ import annotations

from typing import Annotated

import typer


def text(
    file: Annotated[str, typer.Argument(metavar="FILE", help="要读的文件；- 表示标准输入。")],
    clean: Annotated[bool, typer.Option("--clean", help="转为简体，去掉括号里的拼音和重复的标点。")] = False,
    out: Annotated[
        str, typer.Option("-o", "--out", "--output", metavar="OUT", help="写到这个文件（默认标准输出）。")
    ] = "-",
) -> None:
    """读出文件里的文字：核对结果里的位置都是按这份文字数的。

    例：gov-writer text 工作总结.docx；gov-writer text 网页下载.txt --clean -o 整理后.txt
    """
    from gov_writer import ingest
    from gov_writer.cli.output import protect, remind_of, write_result

    protect((out,), (file,))
    source = ingest.read(file)
    remind_of(source)
    words = source.text
    if clean:
        from gov_writer.text.clean import clean as cleaned

        words = cleaned(words).text
    write_result(words, out)
