"""Make gov_writer/lexicon/data/word_frequencies.tsv from the dictionary of jieba (MIT).

    pip install jieba==0.42.1        # anywhere; it is no dependency of the project
    python eval/word_frequencies.py PATH/TO/jieba/dict.txt

Kept are words of one to four Han characters that were counted at least so often; single characters all. The
doubled-character rule asks which words meet where a character stands twice.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

LEAST = 50
TARGET = Path(__file__).resolve().parents[1] / "gov_writer" / "lexicon" / "data" / "word_frequencies.tsv"
SOURCE = (
    "# source: dictionary of jieba 0.42.1 (MIT licence): words of up to four Han characters with their counts, "
    f"at least {LEAST}; made by eval/word_frequencies.py"
)
_HAN = re.compile("[\u4e00-\u9fff]{1,4}")


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    rows = {}
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if _HAN.fullmatch(word) and (int(count) >= LEAST or len(word) == 1):
            rows[word] = max(int(count), 1)
    body = "\n".join(f"{word}\t{count}" for word, count in sorted(rows.items()))
    TARGET.write_text(f"{SOURCE}\n{body}\n", encoding="utf-8")
    print(f"{len(rows)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
