"""What stands in a note about the note itself: who handed it in, whom to ring up, how an old report began and ended."""

from __future__ import annotations

import re

#: 填报单位：…
META = re.compile(
    r"\s*[（(]?\s*(?:填报|报送|提供|整理|撰稿|联系|审核|统计|制表|汇总|供稿|记录)(?:单位|部门|科室|时间|日期|人员?|人签字|电话|方式|截止(?:时间|日期)?)\s*[:：]"
    r"|\s*[（(]?\s*(?:填报|报送|供稿|整理|撰稿|填表|述职人|述职者|报告人|汇报人|述职对象)\s*[:：]"
    r"|\s*[\u4e00-\u9fff]{0,6}(?:负责人|领导|科室|经办人)(?:签字|签名|签章|盖章|审核)\s*[:：]"
    r"|\s*(?:微信)?群(?:聊|名称?)\s*[:：]"
    r"|\s*(?:签字|签名|签章|经办人?|复核人?|审签人?|签发人?|拟稿人?|核稿人?|承办人)\s*[:：]"
    r"|\s*(?:统计截止|报送时间|截止日期|填表日期|数据截至|联系人|电话|手机|邮箱)[^，。；\n]{0,6}[:：]"
)
#: （内部掌握：…）: for those who keep the notes, not for a report.
PRIVATE = re.compile(
    r"\s*[【〔［\[（(]?\s*(?:仅供|限)?(?:内部(?:掌握|知悉|数据)|(?:不|勿|不要|不宜|暂不)(?:对外|公开|上报|外传|写进|写入|体现)[\u4e00-\u9fff]{0,4})\s*(?:[:：】〕］\]）)，,]|$)"
    r"|.*[（(](?:内部掌握|(?:不|勿|不要|不宜|暂不)(?:对外|公开|上报|外传|写进|写入|体现)[\u4e00-\u9fff]{0,4})[)）]\s*[。；]?$"
    r"|[^。；]*(?<![分区])(?:别|不要|先不|就不)(?:再)?(?:写(?:进去?|入|上)?|用|提|报|对外)[了啊吧]?(?:[上里]去)?\s*[。；！]?$"
)
#: 联系方式, above a list of whom to ring up
CONTACTS = re.compile(r"(?:各单位|相关)?(?:联系方式|联系电话|联系人|通讯录|值班电话|电话号码|电话表)")
#: 联系人：…
CONTACT = re.compile(r"\s*(?:联系(?:人|电话|方式)|(?:办公|值班)?电话|手机|邮箱|电子邮箱|传真)\s*[:：]")
PROSE = re.compile(r"[。；]")
#: 以上汇报，请批评指正
CLOSING = re.compile(
    r"(?:以上|上述)?(?:是|就是)?(?:我的|本人的|今天的)?(?:汇报|报告|述职)(?:完毕|内容)?[^。]{0,24}(?:批评指正|审议|审示|请示|评议|指示)|^特此(?:报告|汇报)|^以上(?:汇报|报告|情况|总结|小结|材料)[^。]{0,30}$|^谢谢大家|^汇报完毕"
)
#: 现将…汇报如下
HANDOVER = re.compile(
    r"^(?:现|下面)[^。，]{0,12}(?:将|把|就|按|根据)[^。]{0,60}(?:如下|总结|汇报|报告)[:：。]?$|^现(?:根据|按|总结|汇报|报告|述职)[^。]{0,30}如下[:：。]?$"
)
#: 一年来，在…的领导下，圆满完成了各项任务: what every report begins with and no fact
THANKS = re.compile(
    r"^[^。]{0,24}在[^。]{2,60}(?:领导|指导|关心|支持|帮助)下[^。]{0,60}(?:圆满|较好|顺利|全面)?(?:完成|取得)[^。\d]{0,20}(?:任务|目标|工作|成[效绩果]|进展)[^。\d]{0,12}$"
)
#: 2025年12月5日, the day below an old signature
DAY = re.compile(
    r"\s*(?:20\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|二[〇零○]二[〇零○一二三四五六七八九]年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*"
)
#: A first line that names the whole: …年终材料汇总！（各办自报）, 经发办汇总 2025.12.18
COVER = re.compile(
    r"\s*[^。；，,;：:]{2,36}(?:材料|汇总|情况|总结|小结|汇报|台账|清单|要点|素材|数据)(?:汇总|材料|表)?[\s!！。.]*"
    r"(?:[（(][^（）()]{0,40}[）)]|(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}日?)?[\s!！。.]*"
)
#: 没有人员伤亡 is told, not a caption for what follows.
_NONE = re.compile(r"(?:目前|暂|均|尚)?(?:没有|未[发造出接收有]|无[人一重新死伤]|不存在)")


#: 施工单位未办理交底手续 says what is the case.
_SAYS = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:未(?:办理|完成|达|按|能|落实)|已经?(?:完成|建成|办结|落实|整改|启动)|正在|没有|不(?:够|足$|强$|高$|到位|及时))"
)


def no_caption(text: str) -> bool:
    """Whether a short line hands over or says that there was none: it stands for itself, not above what follows."""
    return bool(HANDOVER.search(text) or _NONE.match(text) or _SAYS.search(text))


def opens_or_closes(text: str) -> bool:
    """Whether a line holds an old report's formula: 现将…如下, 以上汇报, thanks to those above."""
    return bool(CLOSING.search(text) or HANDOVER.search(text) or THANKS.search(text))
