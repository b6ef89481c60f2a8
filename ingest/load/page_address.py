"""Where a saved web page was: as the browser noted it, or as the page says itself."""

from __future__ import annotations

import re
from collections import Counter

# What browsers and SingleFile write before the page they save.
SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]{4,500}?)\s*-->"
    r"|<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S{4,500})",
    re.I,
)
NAMED = re.compile(
    r"<(?:link\b[^>]{0,300}\brel\s*=\s*[\"']?canonical|base\b|meta\b[^>]{0,300}\bog:url)[^>]{0,600}>",
    re.I,
)
ADDRESS = re.compile(r"(?:href|content)\s*=\s*[\"']?\s*(https?://[^\s\"'>]{4,500})", re.I)
LINK = re.compile(r"\bhref\s*=\s*[\"']?https?://([\w.-]{4,80})", re.I)
HEAD = 20_000  # characters of a page in which it is told
LEAST_LINKS = 8


def address_of(markup: str) -> str | None:
    """The address of a page, or of the site that most of its links lead to, where one does.

    >>> address_of('<head><base href="http://www.shizhu.gov.cn/zwgk/"></head>')
    'http://www.shizhu.gov.cn/zwgk/'
    """
    found = SAVED_FROM.search(markup[:HEAD])
    if found:
        return found[1] or found[2]
    for tag in NAMED.finditer(markup[:HEAD]):
        if inside := ADDRESS.search(tag[0]):
            return inside[1]
    hosts = Counter(host.lower() for host in LINK.findall(markup))
    ranked = hosts.most_common(1)
    if ranked and ranked[0][1] >= LEAST_LINKS and ranked[0][1] * 2 > hosts.total():
        return f"http://{ranked[0][0]}/"
    return None
