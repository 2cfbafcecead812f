"""Texts for properties: any characters at all, and the stuff of résumés in any order."""

from hypothesis import strategies as st

_WORDS = [
    *(
        "客戶服務",
        "規劃",
        "作業流程",
        "負責",
        "客訴",
        "預算",
        "員",
        "希望",
        "由主管",
        "沒有",
        "不需要",
        "但",
        "也",
    ),
    *("我", "無", "未", "的"),
    *("SOP", "CRM 系統", "call center", "chat-bot", "ISO 9001", "C++", "budget. Led", "12 人", "3"),
]
_MARKS = [
    *("1.", "（1）", "①", "一、", "・", "- ", "* ", "●", "# ", "【", "】", "《", "》", "(", ")"),
    *("、", "，", "。", "；", "：", ":", "?", "!", ".", "/", "|", "→"),
]
_HEADINGS = ["工作內容", "福利", "條件", "技能"]
_SPACE = [" ", "   ", "\u3000", "\t", "\n", "\r\n", "\n\n", "\u2028", "\x0b", "\x85"]
_STRANGE = [
    *("😀", "👩\u200d💻", "\ufe0f", "\ud83d", "\udc00", "\x00", "\x1b", "\u202e", "עברית", "العربية"),
    *("𠮷", "ﬁ", "Ａ", "㈱", "é", "㐀"),
]
_PIECES = [*_WORDS, *_MARKS, *_HEADINGS, *_SPACE, *_STRANGE]

any_text = st.text(st.characters())
"""Every code point, lone surrogates among them."""

resume_like = st.lists(st.sampled_from(_PIECES) | st.text(st.characters(), max_size=3), max_size=80).map(
    "".join
)
"""Words, bullets, headings, separators and white space of résumés, with anything between them."""

texts = any_text | resume_like
