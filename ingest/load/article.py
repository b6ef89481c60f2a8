"""Where the article of a web page is, and its text as lines.

trafilatura says which passages are the article; the element that holds them all is then
read whole, so that nothing between them is lost. What a page says about its article
(source, date, site) comes after the title, from the tags that government sites must
carry (政府网站发展指引, 国办发〔2017〕47号: SiteName, ArticleTitle, PubDate, ContentSource).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.load.page_blocks import Block, blocks_of, strip_unseen

LEAST_ARTICLE = 40  # characters that trafilatura must have found to be believed
LEAST_TEXT = 4  # characters of sentences that make a page worth keeping
LONGEST_TITLE = 90
META = (("PubDate", "发布时间"), ("ContentSource", "来源"), ("SiteName", "网站名称"))
ABOUT = re.compile(
    r"(?:发布|发文|成文|公开|生成|印发)(?:时间|日期)\s*[:：]|(?:信息|稿件|文章)?来源\s*[:：]|"
    r"(?:发布|发文|公开)(?:机构|机关|单位)\s*[:：]|索\s*引\s*号"
)
SENTENCE = re.compile(r"[，。；、]")
# What parts a page's title from the name of its site.
SITE_NAME = re.compile(
    r"\s*[_|]\s*|\s+[-—–]+\s+|--|[-—–](?=[^-—–]{2,20}(?:网|网站|政府|门户|平台|[县市区镇乡])$)"
)
SITE_ENDING = re.compile(r"(?:政府|网|网站|门户|平台|[县市区旗镇乡]|街道)$")
RELATED = re.compile(
    r"(?:相关|热门|推荐|最新|延伸|更多|猜你喜欢的?)(?:文章|阅读|信息|链接|新闻|报道|推荐|内容|稿件|解读|文件|动态|资讯)[:：]?$"
)
FAR_BLOCKS = 40  # how far before the article its title and date may stand


def article_lines(markup: str, address: str | None = None) -> list[str]:
    """The title, what is said about the article, and its paragraphs; [] where there is none.

    `address`: where the page was, which is said about it too.
    """
    import lxml.etree  # noqa: PLC0415
    import lxml.html  # noqa: PLC0415

    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\0", "")
    try:
        tree = lxml.html.document_fromstring(markup, ensure_head_body=True)
    except (lxml.etree.LxmlError, ValueError):
        return []
    about = {
        str(one.get("name") or "").lower(): str(one.get("content") or "").strip()
        for one in tree.iter("meta")
    }
    page_title = (tree.findtext(".//title") or "").strip()
    passages = extracted(markup)
    strip_unseen(tree)
    blocks = list(blocks_of(tree.find("body")))
    article = element_of(blocks, passages)
    if article is None:
        return []
    inside = set(article.iter())
    start = next((at for at, block in enumerate(blocks) if block.element in inside), 0)
    body = list(lines_of([block for block in blocks if block.element in inside], passages))
    before = blocks[max(0, start - FAR_BLOCKS) : start]
    title = about.get("articletitle") or title_before(before, page_title)
    known = re.sub(r"\s+", "", "".join(body[:8]))
    head = [title] if title and re.sub(r"\s+", "", title) not in known else []
    printed = [re.sub(r"\s+", " ", block.text).strip() for block in before]
    said = [line for line in printed if ABOUT.search(line) and len(line) < 300]
    said += [
        f"{label}：{text}"
        for name, label in META
        if (text := about.get(name.lower())) and not any(text in line for line in said)
    ]
    if "sitename" not in about and (site := site_named(page_title)):
        said.append(f"网站名称：{site}")
    if address:
        said.append(f"网址：{address}")
    return [*head, *said, *body]


def extracted(markup: str) -> str:
    """The passages that trafilatura takes for the article, without white space."""
    import trafilatura  # noqa: PLC0415

    found = trafilatura.extract(
        markup, output_format="txt", include_comments=False, include_tables=True,
        favor_recall=True, with_metadata=False,
    )  # fmt: skip
    return re.sub(r"\s+", "", found or "")


def element_of(blocks: list[Block], passages: str) -> Any:
    """The innermost element with nearly all that trafilatura found; None: there is nothing."""
    weights: dict[Any, int] = {}
    found = [block for block in blocks if is_of_article(block, passages)]
    if sum(len(block.key) for block in found) < LEAST_ARTICLE:
        found = [block for block in blocks if SENTENCE.search(block.text) and block.linked < 0.3]
    total = sum(len(block.key) for block in found)
    if total < LEAST_ARTICLE:
        # A page with hardly any text is a short one, or none.
        return blocks[0].element.getroottree().find("body") if total >= LEAST_TEXT else None
    for block in found:
        for one in [block.element, *block.element.iterancestors()]:
            weights[one] = weights.get(one, 0) + len(block.key)
    enough = [one for one, weight in weights.items() if weight >= 0.9 * total]
    return max(enough, key=lambda one: sum(1 for _ in one.iterancestors()))


def is_of_article(block: Block, passages: str) -> bool:
    key = re.sub(r"^(?:#+|\d+\.)", "", block.key)
    return block.linked < 0.5 and len(key) >= 4 and key in passages


def lines_of(blocks: list[Block], passages: str) -> Iterator[str]:
    """The lines of the article's blocks, without lists of links to elsewhere."""
    for block in blocks[: end_of(blocks)]:
        if block.linked > 0.7 and not (len(block.key) > 30 and is_linked_text(block, passages)):
            continue
        yield from (line for line in block.text.split("\n") if line.strip())


def end_of(blocks: list[Block]) -> int:
    """The number of the block that heads what the site shows besides the article."""
    total = sum(len(block.key) for block in blocks)
    before = 0
    for number, block in enumerate(blocks):
        if RELATED.match(block.key.lstrip("#")) and before > total / 2:
            return number
        before += len(block.key)
    return len(blocks)


def is_linked_text(block: Block, passages: str) -> bool:
    return block.key in passages and bool(SENTENCE.search(block.text))


def site_named(page_title: str) -> str | None:
    """The name of the site that stands after the title of a page."""
    parts = [part.strip() for part in SITE_NAME.split(page_title)]
    named = [part for part in parts[1:] if SITE_ENDING.search(part) and len(part) <= 30]
    return named[-1] if named else None


def title_before(blocks: list[Block], page_title: str) -> str:
    """The title of the article as it stands above it, else as the page names itself."""
    named = re.sub(r"\s+", "", page_title)
    for block in reversed(blocks):
        text = block.text.strip().lstrip("# ")
        key = re.sub(r"\s+", "", text)
        heading = any(
            one.tag in ("h1", "h2") and re.sub(r"\s+", "", "".join(one.itertext())) == key
            for one in [block.element, *block.element.iterchildren()]
        )
        if 6 <= len(key) <= LONGEST_TITLE and block.linked < 0.5 and (heading or key in named):
            return text.replace("\n", "")
    first = SITE_NAME.split(page_title)[0].strip()
    return first if 6 <= len(first) <= LONGEST_TITLE else ""
