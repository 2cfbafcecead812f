"""Personal data is found where people write it, and what only looks like it is left alone."""

import json
from pathlib import Path

import pytest

from matcher.privacy import LABELS, personal_data
from matcher.privacy.numbers import valid

POSITIVES = [
    # ID numbers: checksum, width, blanks, dashes, invisible characters
    ("身分證字號：A123456789", "id_number", "A123456789"),
    ("ａ１２３４５６７８９", "id_number", "ａ１２３４５６７８９"),
    ("我的證號a123456789號", "id_number", "a123456789"),
    ("A123-456-789", "id_number", "A123-456-789"),
    ("A 1 2 3 4 5 6 7 8 9", "id_number", "A 1 2 3 4 5 6 7 8 9"),
    ("A12345\u200b6789", "id_number", "A12345\u200b6789"),
    ("身分證統一編號 F131104093", "id_number", "F131104093"),
    ("身分證字號：A123456788（筆誤）", "id_number", "A123456788"),
    ("身份證: A12345**89", "id_number", "A12345**89"),
    ("履歷_A123456789_王小明.pdf", "id_number", "A123456789"),
    # resident certificates, old and new
    ("居留證 AB12345677", "arc_number", "AB12345677"),
    ("AC01234567", "arc_number", "AC01234567"),
    ("統一證號：A800000014", "arc_number", "A800000014"),
    ("ARC No. F900000011", "arc_number", "F900000011"),
    # telephones
    ("手機 0912-345-678", "phone", "0912-345-678"),
    ("０９１２３４５６７８", "phone", "０９１２３４５６７８"),
    ("0912 345 678", "phone", "0912 345 678"),
    ("0912.345.678", "phone", "0912.345.678"),
    ("(0912)345678", "phone", "(0912)345678"),
    ("0912－345－678", "phone", "0912－345－678"),
    ("0912–345—678", "phone", "0912–345—678"),
    ("0 9 1 2 3 4 5 6 7 8", "phone", "0 9 1 2 3 4 5 6 7 8"),
    ("09\u200b12\u200b34\u200b56\u200b78", "phone", "09\u200b12\u200b34\u200b56\u200b78"),
    ("09\u00ad12345678", "phone", "09\u00ad12345678"),
    ("٠٩١٢٣٤٥٦٧٨", "phone", "٠٩١٢٣٤٥٦٧٨"),
    ("+886912345678", "phone", "+886912345678"),
    ("+886-912-345-678", "phone", "+886-912-345-678"),
    ("+886 (0)912 345 678", "phone", "+886 (0)912 345 678"),
    ("(+886) 2 2345 6789", "phone", "(+886) 2 2345 6789"),
    ("886912345678", "phone", "886912345678"),
    ("00886-2-2345-6789", "phone", "00886-2-2345-6789"),
    ("02-2345-6789", "phone", "02-2345-6789"),
    ("(02)2345-6789", "phone", "(02)2345-6789"),
    ("（02）23456789", "phone", "（02）23456789"),
    ("02-2345-6789#123", "phone", "02-2345-6789#123"),
    ("02-2345-6789 分機 12", "phone", "02-2345-6789 分機 12"),
    ("02-23456789 轉 1234", "phone", "02-23456789 轉 1234"),
    ("(02) 2345-6789 ext. 55", "phone", "(02) 2345-6789 ext. 55"),
    ("037-123456", "phone", "037-123456"),
    ("049-2345678", "phone", "049-2345678"),
    ("0836-22345", "phone", "0836-22345"),
    ("電話：2345-6789", "phone", "2345-6789"),
    ("Tel: 2345 6789", "phone", "2345 6789"),
    ("聯絡電話／0912345678／可晚上聯絡", "phone", "0912345678"),
    ("0912345678/02-23456789", "phone", "02-23456789"),
    ("+1 650-253-0000", "phone", "+1 650-253-0000"),
    ("手机：13812345678", "phone", "13812345678"),
    ("138 1234 5678", "phone", "138 1234 5678"),
    # mail
    ("amy.wang@gmail.com", "email", "amy.wang@gmail.com"),
    ("信箱amy_wang+job@mail.example.com.tw。", "email", "amy_wang+job@mail.example.com.tw"),
    ("Ａｍｙ＠Ｇｍａｉｌ．ｃｏｍ", "email", "Ａｍｙ＠Ｇｍａｉｌ．ｃｏｍ"),
    ("amy @ gmail.com", "email", "amy @ gmail.com"),
    ("amy(at)gmail.com", "email", "amy(at)gmail.com"),
    ("a m y @ g m a i l . c o m", "email", "a m y @ g m a i l . c o m"),
    ("am\u200by@exa\u200bmple.com", "email", "am\u200by@exa\u200bmple.com"),
    # addresses
    ("地址：台北市信義區信義路五段7號12樓之3", "address", "台北市信義區信義路五段7號12樓之3"),
    ("110 臺北市信義區市府路1號", "address", "110 臺北市信義區市府路1號"),
    ("住在新北市板橋區文化路一段100巷5弄3號4樓", "address", "新北市板橋區文化路一段100巷5弄3號4樓"),
    ("桃園市 中壢區 中大路 300 號", "address", "桃園市 中壢區 中大路 300 號"),
    ("南投縣埔里鎮大城里３鄰中山路二段９號", "address", "南投縣埔里鎮大城里３鄰中山路二段９號"),
    ("我住在信義路五段7號", "address", "信義路五段7號"),
    ("彰化縣大村鄉村上村5鄰12之1號", "address", "彰化縣大村鄉村上村5鄰12之1號"),
    ("台中市西區公益路一百二十號三樓", "address", "台中市西區公益路一百二十號三樓"),
    ("基隆市中正區中正路 10-1 號 B1", "address", "基隆市中正區中正路 10-1 號 B1"),
    ("通訊地址：高雄市左營區", "address", "高雄市左營區"),
    ("居住地：台中", "address", "台中"),
    ("广东省住址：上海市浦东新区", "address", "上海市浦东新区"),
    ("No. 7, Sec. 5, Xinyi Rd., Taipei City 110", "address", "No. 7, Sec. 5, Xinyi Rd., Taipei City 110"),
    ("Address: 5F, 10 Downing Street, London", "address", "5F, 10 Downing Street, London"),
    # birth dates and ages
    ("生日：1990/05/03", "birth_date", "1990/05/03"),
    ("出生日期 民國79年5月3日", "birth_date", "民國79年5月3日"),
    ("出生年月日：79.05.03", "birth_date", "79.05.03"),
    ("出生：西元1990年5月", "birth_date", "西元1990年5月"),
    ("生日：19900503", "birth_date", "19900503"),
    ("生　日：７９／５／３", "birth_date", "７９／５／３"),
    ("民國七十九年五月三日出生", "birth_date", "民國七十九年五月三日"),
    ("1990年5月3日生", "birth_date", "1990年5月3日"),
    ("79年次", "birth_date", "79年"),
    ("生於1990年", "birth_date", "1990年"),
    ("Date of Birth: May 3, 1990", "birth_date", "May 3, 1990"),
    ("DOB: 3 May 1990", "birth_date", "3 May 1990"),
    ("出生日期(Birthday)：1990-05-03", "birth_date", "1990-05-03"),
    ("年齡：35", "age", "35"),
    ("年齡 35 歲", "age", "35 歲"),
    ("我今年三十五歲，", "age", "三十五歲"),
    ("现年35岁", "age", "35岁"),
    ("Age: 35", "age", "35"),
    ("王小明／35歲／台北", "age", "35歲"),
    # gender, marital and military status
    ("性別：男", "gender", "男"),
    ("性　別　女性", "gender", "女性"),
    ("Gender: Female", "gender", "Female"),
    ("性別：□男 ■女", "gender", "□男 ■女"),
    ("王小明｜男｜35歲", "gender", "男"),
    ("婚姻狀況：已婚", "marital", "已婚"),
    ("婚姻：未婚，無子女", "marital", "未婚"),
    ("Marital Status: Single", "marital", "Single"),
    ("王小明，35歲，已婚", "marital", "已婚"),
    ("兵役：役畢", "military", "役畢"),
    ("兵役狀況：免役", "military", "免役"),
    ("Military service: completed", "military", "completed"),
    ("王小明｜男｜役畢", "military", "役畢"),
    # messengers and photos
    ("LINE ID：amy_123", "messenger", "amy_123"),
    ("Line: amy0912", "messenger", "amy0912"),
    ("line id amy.99", "messenger", "amy.99"),
    ("加賴：amy123", "messenger", "amy123"),
    ("微信：wang_xm", "messenger", "wang_xm"),
    ("照片：王小明.jpg", "photo", "王小明.jpg"),
    ("王小明大頭照.png", "photo", "王小明大頭照.png"),
    ("大頭照：https://example.com/p/1", "photo", "https://example.com/p/1"),
    # names
    ("姓名：王小明", "name", "王小明"),
    ("姓　　名　王小明", "name", "王小明"),
    ("姓名\n王小明\n", "name", "王小明"),
    ("【姓名】王 小 明", "name", "王 小 明"),
    ("姓名 Name：王小明", "name", "王小明"),
    ("**姓名**：欧阳小明", "name", "欧阳小明"),
    ("姓名：王小明電話：0912345678", "name", "王小明"),
    ("姓名：王明性別：男", "name", "王明"),
    ("姓名：張陳美玉", "name", "張陳美玉"),
    ("姓名：瓦歷斯·諾幹", "name", "瓦歷斯·諾幹"),
    ("姓名：里慕伊", "name", "里慕伊"),
    ("姓名：王○明", "name", "王○明"),
    ("姓名：王小明 (Amy Wang)", "name", "王小明 (Amy Wang)"),
    ("英文名：Amy", "name", "Amy"),
    ("English name: Amy Wang", "name", "Amy Wang"),
    ("Name: Nguyen Thi Lan", "name", "Nguyen Thi Lan"),
    ("王小明\n客服專員", "name", "王小明"),
    ("王小明｜客服專員", "name", "王小明"),
    ("王小明 客服專員", "name", "王小明"),
    ("個人履歷表\n\n王小明", "name", "王小明"),
    ("王小明的履歷", "name", "王小明"),
    ("Amy Wang\nCustomer Service", "name", "Amy Wang"),
    ("我叫王小明，住台北", "name", "王小明"),
    ("您好，我是陳大文。", "name", "陳大文"),
    ("我的名字叫做林志明", "name", "林志明"),
    ("My name is Amy Wang.", "name", "Amy Wang"),
    ("推薦人：陳大文 經理", "name", "陳大文 經理"),
    ("推薦人：陳大文、林美玉", "name", "陳大文、林美玉"),
    ("緊急聯絡人：王大明（父）", "name", "王大明"),
    ("聯絡人：陳小姐", "name", "陳小姐"),
    ("客服主管｜賴小明／41歲", "name", "賴小明"),
    ("客服企劃主管｜賴小明", "name", "賴小明"),
    ("個人資料\n馬小龍 | 5年經驗", "name", "馬小龍"),
    ("Name: Kevin L.（羅大同）", "name", "Kevin L.（羅大同"),
    ("姓名：王小明\n推薦語：與王小明共事三年", "name", "王小明"),
]


@pytest.mark.parametrize(("text", "kind", "quote"), POSITIVES)
def test_found(text: str, kind: str, quote: str) -> None:
    found = [(one.kind, text[one.start : one.end]) for one in personal_data(text)]
    assert (kind, quote) in found


NEGATIVES = [
    # years, dates, times and periods
    *("2019-2023 客服專員", "2019/03～2020/02", "2018.03-2020.02 某公司", "2020年3月至2022年5月"),
    *("民國108年起任職",),
    *("108/03-110/02", "09:00-18:00", "09/12/2023 08:30", "2023-09-12 10:30", "2023-02-25 2023-03-01"),
    *("任職 5 年 3 個月",),
    *("公司成立於1990年", "1990年代", "2020年生產線改善", "109年次要目標", "出版日期 2020/01/02"),
    *("99年生意成長",),
    # money and counts
    *("月薪 35,000-45,000 元", "NT$1,200,000", "年薪 900000", "預算 2800000 元"),
    *("每月 80 通，一年 9,600 通", "滿意度 0.912"),
    *("0.0912345678", "比例 02.5%", "營業額 1 234 567 890", "生日禮金 2000 元", "生日假 1 天"),
    *("生日 2000元禮券",),
    # numbers of other things
    *("統一編號：04595257", "統編 12345678", "訂單編號 0912345678", "訂單 0912-345-678 出貨"),
    *("料號 A123456780",),
    *("產品編號 AB12345670", "條碼 4710088412345", "ISBN 978-957-13-1234-5", "發票號碼 AB-12345678"),
    *("帳號 012-345-678-901",),
    *("信用卡 4111 1111 1111 1111", "ISO 27001", "BAS2421-003v4", "T2.3 P2.3.1", "RFC 9457"),
    *("SOP-2023-0912", "v1.2.3.4567890"),
    *("郵遞區號 10048", "案號 0223456789", "A1234567890", "XA123456789", "192.168.100.200"),
    *("1234567890123",),
    # products and messengers
    *("LINE Pay 導入", "LINE 官方帳號經營", "LINE：OA 經營", "LINE@ 行銷", "online: shop"),
    *("LINE Bot 客服", "pipeline: jenkins"),
    *("使用 LINE、FB、IG", "Engineer @ Booking.com", "@property", "成效 @ 2023", "Line ID 綁定流程"),
    *("商品照片：修圖與上架",),
    # what a posting asks for
    *("年齡不拘", "年齡：不拘", "年齡：18歲以上", "年齡 20-35 歲", "年滿18歲", "0-6歲幼兒"),
    *("服務65歲以上長者", "三十五歲以下"),
    *("性別：不拘", "性別：男、女皆可", "性別不拘", "男女不拘", "性別：男/女", "女、男鞋", "男裝／女裝"),
    *("性別友善",),
    *("婚姻狀況：不拘", "兵役：不拘", "役畢或免役", "男性需役畢", "限役畢", "兵役：役畢或免役"),
    *("役畢佳",),
    # places that are no address
    *("工作地點：台北市信義區", "台北市政府", "負責台中市場", "一號店", "3號出口", "第7號公報"),
    *("路線規劃 5 號", "地址正規化"),
    *("網址：example.com", "公司地址維護", "捷運市政府站 2 號出口", "通路行銷", "走上街頭"),
    *("居住地不限",),
    # words that begin like names
    *("高雄\n客服人員", "高雄 客服人員", "簡歷", "履歷表", "自傳", "金融業客服", "方案企劃"),
    *("溫泉飯店 訂房組", "客服專員"),
    *("我是高級專員", "我是高雄人。", "我是金融業出身", "我是應屆畢業生", "我是程式設計師"),
    *("3C門市銷售（高獎金）", "餐飲 全台灣", "我叫客戶稍等", "我是全職媽媽，"),
    *("姓名、電話、地址", "姓名：必填", "姓名｜電話｜地址", "聯絡人：人資部", "聯絡人：HR"),
    *("專案名稱：會員系統", "Project name: CRM"),
    *("Company Name: ACME", "Customer Service Specialist", "CURRICULUM VITAE"),
    *("References: available upon request",),
    *("白領階級", "何時上班", "任何問題", "安排班表", "程式設計", "張貼公告", "許多客戶", "謝謝"),
    *("應徵客服企劃",),
    *("本人曾任客服，", "本人具有熱忱", "大家好，我是新人", "家長溝通", "推薦人制度", "介紹人獎金 5000"),
    *("姓名 簡歷", "電話客服 2019-2023"),
    *("電話行銷：2019/05 起", "手機：2020-2023 負責手機業務", "接聽電話 80 通", "照片修圖", "婚姻平權"),
    *("服役滿一年",),
    *("managed 15 agents", "percentage 25", "page: 12", "iPhone: 12345678", "hotel: 2345-6789"),
    *("deadline: friday",),
]  # fmt: skip


@pytest.mark.parametrize("text", NEGATIVES)
def test_left_alone(text: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in personal_data(text)] == []


def test_every_kind_has_a_label_and_an_example() -> None:
    assert {kind for _, kind, _ in POSITIVES} == set(LABELS)


@pytest.mark.parametrize("number", ["a123456789", "f131104093", "ab12345677", "a800000014", "f900000011"])
def test_a_checksum_holds_for_one_last_digit_only(number: str) -> None:
    assert [digit for digit in "0123456789" if valid(number[:-1] + digit)] == [number[-1]]


SETS = sorted((Path(__file__).parent.parent / "eval" / "sets").glob("*/documents.jsonl"))


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.parent.name)
def test_a_posting_has_nothing_of_a_person_but_whom_to_write_to(path: Path) -> None:
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    postings = [document["text"] for document in documents if document["kind"] == "posting"]
    assert len(postings) >= 10
    found = [(one.kind, text[one.start : one.end]) for text in postings for one in personal_data(text)]
    assert [one for one in found if one[0] not in ("phone", "email")] == []
