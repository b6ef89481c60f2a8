"""A label the right way round: its object behind its verb, the head of a list, without its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TURNED = re.compile(  # the object before its verb: 行政处罚办了23件, 宣传单页发了4300张
    r"^(?P<object>[^,。;]{2,16}?)(?:全年|今年|一共|总共|累计|共|先后|陆续|已|仅|只|才|就)*(?P<verb>发放|派发|办理|送达|张贴|悬挂|印制|组织|举办|召开|开展|调解|化解|审查|检查|清理|拆除|"
    r"播放|推送|发布|培训|入户|到户|[发办收送做开讲搞跑查审看印建调接评打罚聘输来过见修出走定请摸拆清写])(?:了|出去?|到户)?$"
)
_LISTED = re.compile(
    r"^(?P<first>[^、]{2,14})、[^,。;]*(?:等|[两三四五六七八九]类)$"
)  # 宣传单、扇子等2.6万份
_LIST_HEAD = re.compile(  # 防汛、农资等检查, 受理邻里、婚姻等纠纷
    r"^[^,。;、]*?(?P<verb>受理|接收|调解|化解|处理|审查|审核|排查|调处)?[^,。;、]*、[^,。;]*等(?:各类)?(?P<head>(?!(?:重点|具体|有关|相关)?(?:事项|工作|活动|问题|内容|方面|情况|领域)$)[^,。;、]{2,8})$"
)
_VERB_ENDS = frozenset(
    "了出去户放发理达贴挂制织办开解查审理除送布训收做讲搞跑看印建调接评打罚聘输来过见修出走定请摸拆清写"
)
_PLACE_STARTS = frozenset("各村镇乡社街两")
_BY_PLACE = re.compile(  # 村里化解掉268件
    r"^(?:各?[村镇乡](?:里|级|一级|上)?|社区|街道|[镇村]两级)(?:自己|直接|就地|共|先后)?(?P<deed>[\u4e00-\u9fff]{2,6}?)(?:掉|完|成)?了?$"
)
_KEPT = re.compile(  # 合同审查台账登记63份
    r"^(?P<what>.{3,12}?)(?:登记)?(?:台账|簿|清单)(?:上|里|中)?(?:共|累计)*(?:登记|记|录入|记载|收录|列)?了?$"
)


def turned(label: str, unit: str) -> Iterator[str]:
    """A label whose object goes before its verb, or that lists several things, the right way round."""
    object_first = _TURNED.match(label) if unit != "%" and label[-1:] in _VERB_ENDS else None
    if object_first:
        yield f"{object_first['verb']}{object_first['object']}"
        yield object_first["object"]
    by_place = _BY_PLACE.match(label) if label[:1] in _PLACE_STARTS else None
    if by_place:
        yield by_place["deed"]
    kept = _KEPT.match(label)
    if kept:
        yield kept["what"]
    listed = _LISTED.match(label) if label.endswith(("等", "类")) else None
    if listed:
        yield listed["first"]
    head = _LIST_HEAD.match(label)
    if head and head["verb"]:
        yield f"{head['verb']}{head['head']}"
    if head:
        yield head["head"]
