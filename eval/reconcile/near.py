"""Recall of the near-duplicate search against comparing every pair, and what it costs.

    python eval/reconcile/near.py [--passages 2000]

Passages are made of phrases; a tenth are copies with some characters changed. The truth is the exact Jaccard
likeness of every pair. The search must find at least 0.99 of the pairs that are alike enough.
"""

from __future__ import annotations

import argparse
import random
import time

from gov_writer.matching.passages import near

PIECES = [
    "请退休教师当楼栋联络员",
    "每周碰头说一件烦心事",
    "在桂花巷试点共享会客厅",
    "把闲置车棚改成议事的地方",
    "由物业出钱居民出力",
    "网格员十分钟内到场处置",
    "谁认领谁回音",
    "把事情写在楼门口的黑板上",
    "组织骑手随手拍下松动的井盖",
    "老木匠到小学开手艺课",
    "卖得的钱捐给独居老人",
    "在祠堂前摆摊展示",
    "依托老厂房引进文创企业",
    "配套人才公寓和路演大厅",
    "请商户自己定店外秩序公约",
    "评出最热心的店主",
    "凡是停车的事先在板凳上议一议",
    "为高龄老人送上门的体检",
    "把服务窗口开到夜市里",
    "请律师每月坐诊一天",
    "清理楼道里的旧家具",
    "给流动摊贩划出疏导点",
    "办一件算一件",
    "年底由居民投票",
]
ALIKE = 0.7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=2000)
    count = parser.parse_args().passages
    luck = random.Random(5)
    passages = ["".join(luck.choices(PIECES, k=luck.randint(6, 9))) for _ in range(count)]
    for number in range(0, count, 10):
        words = list(passages[luck.randrange(count)])
        for _ in range(luck.randint(0, 5)):
            words[luck.randrange(len(words))] = luck.choice("新旧大小东西南北")
        passages[number] = "".join(words)
    began = time.process_time()
    found = set(near.among(passages, list(range(count)), alike=ALIKE))
    quick = time.process_time() - began
    began = time.process_time()
    shingles = [near.runs(words) for words in passages]
    truth = {
        (a, b) for b in range(count) for a in range(b) if near.likeness(shingles[a], shingles[b]) >= ALIKE
    }
    slow = time.process_time() - began
    recall = len(found & truth) / max(1, len(truth))
    print(f"{count} passages, {len(truth)} pairs alike: recall {recall:.4f}, wrong {len(found - truth)}")
    print(f"search {quick:.2f} s, every pair {slow:.2f} s")
    return int(recall < 0.99 or bool(found - truth))


if __name__ == "__main__":
    raise SystemExit(main())
