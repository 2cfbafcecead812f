"""A folder of three hundred files, sixty of them hostile, and what must become of each."""

import random
from collections.abc import Iterator
from itertools import islice

from matcher.reading.limits import Limits
from tests.corpus.good import good_files
from tests.make_hostile import docx, hostile_files
from tests.make_zip import nested, zipped

LIMITS = Limits(seconds=4, memory_bytes=300 * 1024 * 1024, ocr=False)
"""Short, so that what hangs does not take long, and little, so that what eats memory is soon full."""

File = tuple[str, bytes, str]
"""Name, content, and the code of its row, or «read»."""

_CHOSEN = (
    *("壓縮炸彈.zip", "壓縮炸彈二層.zip", "重疊炸彈.zip", "十層.zip", "走出去.zip", "絕對路徑.zip"),
    *("連結.zip", "膨脹.docx", "一GB.docx", "附炸彈.eml", "部分太多.eml", "太深.msg"),
    *("加密.zip", "加密.docx", "加密.pdf", "空的.zip", "零.txt", "空白.txt", "空頁.html"),
    *("頁樹自繞.pdf", "雙層炸彈.pdf", "截斷.zip", "截斷.docx", "截斷.pdf", "截斷.msg", "說謊.zip"),
    *("十億笑聲.docx", "十億笑聲.odt", "外部實體.docx", "遠端定義.docx", "深巢.docx", "深巢.eml", "深巢.rtf"),
    *("太大.txt", "太長.txt", "太長.docx", "一萬頁.pdf", "別種.rar", "程式.docx", "二進位.pdf"),
    *("外部實體.html", "深字典.pdf", "表單自繞.pdf", "尾巴斷了.pdf", "其實是文字.pdf", "其實是PDF.txt"),
)
_SENTENCES = (
    *("客服企劃專員，五年經驗。", "規劃客服作業流程，訂定 SOP。", "編列並控管客服年度預算。"),
    *("每月彙整客訴，分析原因並改善。", "完成競品分析，比較與對手的差異。", "訂定滿意度與接通率指標。"),
    *("設計新進人員教育訓練課程。", "製作簡報，向主管報告成效。"),
)


def files() -> list[File]:
    """All three hundred in the order of their names, the hostile ones strewn among the good by chance."""
    hostile = _hostile()
    good = [(name, content, "read") for name, content in islice(_good(), 300 - len(hostile))]
    chance = random.Random(6)  # noqa: S311 - the same places each time
    chance.shuffle(hostile)
    places = set(chance.sample(range(300), len(hostile)))
    strewn, kept = iter(hostile), iter(good)
    return [_numbered(n, next(strewn if n in places else kept)) for n in range(300)]


def is_good(name: str) -> bool:
    """Whether a file of that name is one of the good."""
    return "良民" in name


def _numbered(number: int, file: File) -> File:
    name, content, code = file
    return f"{number:03} {name}", content, code


def _good() -> Iterator[tuple[str, bytes]]:
    for number in range(1, 256):
        said = [sentence for bit, sentence in enumerate(_SENTENCES) if number >> bit & 1]
        for name, content in good_files("\n".join((f"應徵者{number}號", *said))).items():
            yield f"良民{number} {name}", content


def _hostile() -> list[File]:
    known = hostile_files()
    chosen = [(name, *known[name]) for name in _CHOSEN]
    greedy = "<html><body>" + "<p>x" * 10_000_000
    return [
        *chosen,
        ("三層.zip", nested(3, "履歷.txt", b"x"), "unsafe_archive"),
        # What no file of these kinds can make the readers do, a file orders: see `tests.hostile_readers`.
        *(("卡住.txt", b"hang", "timeout"), ("卡在C裡.txt", b"hang_in_c", "timeout")),
        ("百萬空段.docx", docx(_empty_paragraphs(1000)), "timeout"),
        ("吃記憶體.txt", b"eat_memory", "memory"),
        *(
            ("吃記憶體.docx", docx(_empty_paragraphs(5000)), "memory"),
            ("吃記憶體.html", greedy.encode(), "memory"),
        ),
        *(
            ("離開.txt", b"exit 0", "crash"),
            ("結束.txt", b"exit 3", "crash"),
            ("被殺.txt", b"kill 9", "crash"),
        ),
        # Names: with NUL in a ZIP, right-to-left override, 250 bytes long, and with dots that lead nowhere.
        ("零字元.zip", zipped(("甲.txt", b"resume")).replace("甲.txt".encode(), b"\0\0a.txt"), "read"),
        *(("反向\u202efdp.exe", b"resume", "read"), ("..長" * 48 + "...txt", b"resume", "read")),
        ("名字.zip", zipped((f"{'長' * 300}\u202e..txt", b"resume")), "read"),
    ]


def _empty_paragraphs(thousands: int) -> str:
    """XML of so many times 1,500 paragraphs, packed tightly, though not so tightly that it is refused."""
    noise = random.Random(1)  # noqa: S311 - the same file each time
    return "".join(f"<!--{noise.randbytes(40).hex()}-->{'<w:p/>' * 1500}" for _ in range(thousands))
