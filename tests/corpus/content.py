"""The one résumé that every made file shows."""

TITLE = "王小明　客戶服務企劃"

PARAGRAPHS = (
    "【個人簡介】",
    "九年客服中心經驗，話務二年、督導二年、企劃五年，擅長把大家都覺得怪怪的流程變成可以執行、"
    "可以衡量的東西，並持續以數據檢視顧客在每一個接觸點的感受與等候時間。",
    "【工作經歷】",
    "某家電集團客戶服務部，客服企劃資深專員，2020/04 - 2024/06",
    "1. 主導保固維修、到府安裝、退換機三條主流程重寫，共 41 份 SOP，配流程圖與 RACI，每年兩次盤點，"
    "過期的下架，新進人員依此受訓後首月錯誤率下降三成。",
    "2. 訂定接通率、20 秒服務水準、一次解決率、滿意度五項指標，並定紅黃燈門檻，"
    "由督導每日晨會以看板追蹤改善情形。",
    "3. 編列部門年度預算約 1,850 萬元，每月對照實際數，超支 3% 以上提出說明；"
    "簡訊改用 App 推播，省下約 92 萬元。",
    "4. 每半年蒐集三家同業的保固條件、維修天數與加價購方案，完成競品比較報告，提供產品企劃參考。",
    "【自傳】",
    "主管對我的評語是細到有點煩，但不會出包。我會把每一次上線的檢核表留下來，下一次再加兩條。"
    "最近在自學 SQL，想自己撈資料，也想把客訴分類做成可以每週更新的報表。",
)

TABLE = (
    ("職務", "公司", "年資"),
    ("客服企劃專員", "某家電集團", "4 年"),
    ("客服督導", "某電信公司", "2 年"),
    ("訂位客服", "某航空公司", "3 年"),
)

EXPECTED = "\n".join((TITLE, *PARAGRAPHS, *("\t".join(row) for row in TABLE)))
"""What reading any of the made files should give, blanks aside."""


def error_rate(text: str, expected: str = EXPECTED) -> float:
    """Character error rate: edits from ``text`` to ``expected`` for each character of it; blanks aside."""
    read, wanted = "".join(text.split()), "".join(expected.split())
    return _distance(read, wanted) / len(wanted)


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for number, left in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, right in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (left != right))
    return row[-1]
