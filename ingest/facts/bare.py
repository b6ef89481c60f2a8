"""Labels that name nothing by themselves: 在册, 已整改, 市级."""

from __future__ import annotations

import re
from functools import lru_cache

# Says of the counted only when, of which part or that it was done, and names nothing.
_COUNTS = (
    r"全年|答|年内|本年|今年|当年|上年|月|周|季度|年度|其中|另外|包括|含|共|总共|共计|总计|合计|累计|平均|"
    r"[村人月户年场镇站]均|[两三四五六七八九]项|[两三四五]级|[国省市县区镇乡村]家?级|本级|全部|实际|实|已经?|再|新|首次|"
    r"在编|在册|在岗|在职|实有|现有|共有|列支|支出|投入|安排|拨付|开展|讲授|授课|评出|评选|评定|认定|命名|选出|创建|创成|建成|"
    r"新建|评|接|碰上|碰到|遇上|遇到|摊上|发放|线下|线上|现场|办(?!结|复|毕|理)|办了|搞|搞了|举行|印发|印制|镇里|乡里|村里|街道里|培养|培育|新增|增加|组织|举办|召开|进行|公开|推送|发布|刊发|播放|制作|建立|制定|的|了|数|量|有|是|为|这一?(?:个|项)?(?:数字|数|指标|比例)|这[两几]个数字|该项?(?:数字|指标)|同期|总(?:场次|场数|件数|人数|次数|份数|户数)|占|(?:含|有)?(?:上年度?|去年|20\d\d年度?)(?:接?结转|遗留)(?:案件)?|接?结转的?|遗留的?"
)
# Says what came of the counted: of those, but not how many there are.
_BECAME = (
    r"其余|其他|剩余|剩下|除|应|未|尚|正在?|仍|当场|现场|按期|按时|及时|到位|限期|直接|上门|集中|联合|主动|续|缺编?|空缺|缺口|"
    r"落实|整改|化解|办结|办理|办复|解决|完成|制发|印发|出台|取证|持证|持有|取得|减少|结案|立案|审结|在办|办毕|终结|履行|"
    r"达成|签订|续签|续聘|聘请|收到|接到|受理|接收|转办|交办|移送|移交|答复|回复|采纳|提出|修改|废止|失效|有效|继续|保留|"
    r"撤回|撤销|驳回|维持|通过|合格|优秀|良好|参加|参与|到场|使用|派出|派员|更新|运行|行使|承接|实施|启动|纳入|列入|评查|抽查"
)
_COUNTING = re.compile(rf"(?:{_COUNTS})+")
_BARE = re.compile(rf"(?:{_COUNTS}|{_BECAME})+")


@lru_cache(maxsize=4096)
def is_bare(label: str) -> bool:
    """Whether a label names nothing by itself.

    >>> is_bare("已整改"), is_bare("省级"), is_bare("发现隐患")
    (True, True, False)
    """
    words = label.strip(" 、“”")
    return not words or bool(_BARE.fullmatch(words)) or words.endswith("的")


@lru_cache(maxsize=4096)
def only_counts(label: str) -> bool:
    """Whether a bare label says no more than that there are so many of its subject.

    >>> only_counts("在册"), only_counts("市级"), only_counts("已整改")
    (True, True, False)
    """
    words = label.strip(" 、“”")
    return not words or bool(_COUNTING.fullmatch(words))
