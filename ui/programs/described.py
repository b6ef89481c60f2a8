"""What programs are told of each thing they may ask; language models read it too."""

ASK = (
    "Answer a question about the stored annual rule-of-law government reports (法治政府建设年度报告) "
    "of Chinese townships, in Chinese or English. A question about a set of towns (which towns …) "
    "is answered over every stored report: `census` counts the reports in each state and sums to "
    "in_scope. `text` marks claims [1], [2]; `citations` hold the exact quotes with report id, "
    "paragraph and offsets. Silence of a report is `not_reported`, which is neither 0 nor no. "
    "status is answered, not_found (no stored report states it) or out_of_scope."
)
FACTS = (
    "List figures of the reports, as printed: indicator, label, value, unit, qualifier, kind, "
    "quote and position. Only kind `achieved` says what was done in the report's year; the others "
    "are targets, requirements, earlier periods, other bodies and changes. `total` says how many "
    "there are; limit (at most 1000) and offset page through them."
)
REPORTS = (
    "List the stored reports: id, file, title, place, year, numbers of paragraphs and facts, and "
    "warnings. `total` says how many there are; limit (at most 1000) and offset page through them."
)
SOURCE = (
    "Read a paragraph of a report as it was published, with the one before it and the one after. "
    "A citation or a fact names it by report_id and paragraph (numbered from 0)."
)
QUESTION = "The question, in Chinese or English, at most 500 characters."
HISTORY = (
    "The earlier questions of the conversation, oldest first, where the question leans on them."
)
PLACE = "Full names of towns, counties, cities or provinces to keep to, as 马武镇; none means all."
YEAR = "Years of the reports to keep to; none means all."
INDICATOR = "Canonical Chinese names of indicators, as 行政诉讼应诉率; none means all."
MOST_FINDINGS = (
    "How many findings (one per report, matching ones first) to give; text, census and citations "
    "are always whole."
)
INSTRUCTIONS = (
    "Answers about Chinese townships' annual rule-of-law government reports, each claim with an "
    "exact quote. Quote `text` and `citations` rather than rephrasing figures; say which reports "
    "do not report something instead of taking silence for zero. These tools only read."
)
