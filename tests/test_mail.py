from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.archive import Member
from matcher.reading.document import Document, HiddenText, Notice
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from matcher.reading.mail import Mail, is_mail, join, read_mail
from matcher.reading.outlook import is_outlook, read_outlook
from tests.make_msg import message, msg

RESUME = "王小明，五年客服企劃經驗。".encode()


def mail(subject: str = "應徵客服企劃人員", text: str = "您好，附上履歷。") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "王小明 <ming@example.com>"
    made["To"] = "hr@example.com"
    made["Subject"] = subject
    made["Message-ID"] = "<1@example.com>"
    made.set_content(text)
    return made


def opened(data: bytes) -> Mail:
    return read_mail(data, "應徵.eml", Limits())


def texts(read: Mail) -> list[tuple[str, str]]:
    return [(body.name, body.data.decode("utf-8-sig").strip()) for body in read.bodies]


def test_subject_body_and_attachments() -> None:
    made = mail()
    made.add_attachment(RESUME, maintype="application", subtype="octet-stream", filename="王小明履歷.txt")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="作品集.pdf")
    read = opened(made.as_bytes())
    assert read.subject == "應徵客服企劃人員"
    assert texts(read) == [("內文.txt", "您好，附上履歷。")]
    assert read.attachments == (
        Member("應徵.eml/王小明履歷.txt", RESUME),
        Member("應徵.eml/作品集.pdf", b"%PDF-"),
    )


def test_the_page_comes_before_the_plain_text() -> None:
    made = mail(text="您的郵件程式不支援網頁格式")
    made.add_alternative("<p>王小明的<b>履歷</b></p>", subtype="html")
    read = opened(made.as_bytes())
    assert texts(read) == [
        ("內文.html", "<p>王小明的<b>履歷</b></p>"),
        ("內文.txt", "您的郵件程式不支援網頁格式"),
    ]


def test_a_picture_inside_the_text_is_no_attachment_and_an_attached_one_is() -> None:
    made = mail()
    made.add_alternative('<img src="cid:logo">', subtype="html")
    page = made.get_body(("html",))
    assert isinstance(page, EmailMessage)
    page.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo>", filename="logo.gif")
    made.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="履歷照片.jpg")
    assert [part.name for part in opened(made.as_bytes()).attachments] == ["應徵.eml/履歷照片.jpg"]


def test_a_page_saved_as_one_file() -> None:
    page = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/resume\r\n"
        b"Subject: =?utf-8?B?5bGl5q23?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=E5=AE=A2=E6=9C=8D</p>\r\n--x\r\nContent-Type: text/css\r\n\r\np{color:red}\r\n"
        b"--x\r\nContent-Type: image/png\r\nContent-Location: https://example.com/a.png\r\n\r\nPNG\r\n--x--\r\n"
    )
    assert is_mail(page)
    read = opened(page)
    assert (read.subject, texts(read), read.attachments) == ("履歷", [("內文.html", "<p>客服</p>")], ())


def test_an_attached_mail_is_a_mail_of_its_own() -> None:
    inner = mail(subject="轉寄的應徵信")
    inner.add_attachment(RESUME, maintype="text", subtype="plain", filename="履歷.txt")
    made = mail()
    made.add_attachment(inner)
    (attached,) = opened(made.as_bytes()).attachments
    assert attached.name == "應徵.eml/轉寄的應徵信.eml"
    assert is_mail(attached.data)
    assert read_mail(attached.data, "內.eml", Limits()).attachments == (Member("內.eml/履歷.txt", RESUME),)


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?big5?B?" + b"wLO8eA==" + b"?=",  # encoded and declared
        b"Subject: " + "應徵".encode("cp950"),  # neither
        b"Subject: " + "應徵".encode(),
        b"Subject: =?x-unknown?B?" + b"wLO8eA==" + b"?=",
        b"Subject: =?utf-8?Q?=E6=87=89?=\r\n =?utf-8?Q?=E5=BE=B5?=",
    ],
)
def test_subjects_of_all_kinds(header: bytes) -> None:
    assert opened(b"From: a\r\nMIME-Version: 1.0\r\n" + header + b"\r\n\r\nx").subject == "應徵"


@pytest.mark.parametrize("declared", ["big5", "utf-8", "x-made-up", None, "idna", "undefined"])
def test_a_body_in_big5_whatever_it_says_it_is(declared: str | None) -> None:
    kind = f"Content-Type: text/plain{f'; charset={declared}' if declared else ''}\r\n"
    head = f"From: a\r\nMIME-Version: 1.0\r\n{kind}Content-Transfer-Encoding: 8bit\r\n\r\n"
    read = opened(head.encode() + "客戶服務流程規劃與執行".encode("cp950"))
    assert texts(read) == [("內文.txt", "客戶服務流程規劃與執行")]


@pytest.mark.parametrize(
    "filename",
    [
        b'filename="=?big5?B?vGm++i50eHQ=?="',
        b"filename*=utf-8''%E5%B1%A5%E6%AD%B7.txt",
        b'filename="' + "履歷.txt".encode("cp950") + b'"',
        b'filename="' + "履歷.txt".encode() + b'"',
    ],
)
def test_names_of_attachments_of_all_kinds(filename: bytes) -> None:
    head = b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
    (attached,) = opened(head + b"Content-Disposition: attachment; " + filename + b"\r\n\r\nx").attachments
    assert attached.name == "應徵.eml/履歷.txt"


def test_parts_in_one_another_without_end() -> None:
    deep = b"From: a\r\nMIME-Version: 1.0\r\n"
    for level in range(3000):
        deep += b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (level, level)
    with pytest.raises(ReadingError) as caught:
        opened(deep + b"\r\nx")
    assert caught.value.code == "malformed"


def test_more_parts_than_the_limit() -> None:
    parts = b"--x\r\nContent-Type: text/plain\r\n\r\ny\r\n" * 1001
    head = b'From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    with pytest.raises(ReadingError) as caught:
        opened(head + parts + b"--x--")
    assert caught.value.code == "unsafe_archive"


@pytest.mark.parametrize(
    "text",
    [
        "姓名: 王小明\n電話: 0900-000-000",
        "From: Taipei\nTo: Kaohsiung\n\n行程",
        "Subject: 履歷\nDate: 2024",
        "職稱：客服專員",
        "Content-Type: text/html\n<p>履歷</p>",
        "",
    ],
)
def test_text_that_resembles_a_mail_is_none(text: str) -> None:
    assert not is_mail(text.encode())


@given(st.binary(max_size=400), st.integers(0, 600))
def test_a_damaged_mail_is_read_or_refused_by_name(noise: bytes, place: int) -> None:
    made = mail()
    made.add_attachment(RESUME, maintype="text", subtype="plain", filename="履歷.txt")
    data = made.as_bytes()
    with suppress(ReadingError):
        assert opened(data[:place] + noise + data[place:]).subject is not None


# Outlook


def test_an_outlook_message() -> None:
    data = msg(
        subject="應徵", body="您好" * 3000, attachments=(("履歷.txt", RESUME), ("大檔.bin", b"x" * 9000))
    )
    assert is_outlook(data)
    read = read_outlook(data, "信.msg", Limits())
    assert (read.subject, texts(read)) == ("應徵", [("內文.txt", "您好" * 3000)])
    assert read.attachments == (Member("信.msg/履歷.txt", RESUME), Member("信.msg/大檔.bin", b"x" * 9000))


def test_an_outlook_message_in_big5() -> None:
    data = msg(subject="應徵", html="<p>客服</p>".encode("cp950"), code_page=950)
    read = read_outlook(data, "信.msg", Limits())
    assert (read.subject, texts(read)) == ("應徵", [("內文.html", "<p>客服</p>")])


def test_a_message_in_a_message_gives_its_text_and_files_in_its_place() -> None:
    inner = message(body="裡面的信", attachments=(("深.txt", RESUME),), inside=True)
    data = msg(body="外面", attachments=(("轉寄", inner), ("後.txt", b"x")))
    assert read_outlook(data, "信.msg", Limits()).attachments == (
        Member("信.msg/轉寄/內文.txt", "\ufeff裡面的信".encode(), depth=2),
        Member("信.msg/轉寄/深.txt", RESUME, depth=2),
        Member("信.msg/後.txt", b"x"),
    )


def test_a_picture_that_the_page_of_an_outlook_message_shows_is_no_attachment() -> None:
    files = (("logo.gif", b"GIF89a"), ("履歷.jpg", b"\xff\xd8\xff"))
    data = msg(html=b'<img src="cid:logo.gif">', attachments=files, pictures=("logo.gif", "履歷.jpg"))
    assert read_outlook(data, "信.msg", Limits()).attachments == (Member("信.msg/履歷.jpg", b"\xff\xd8\xff"),)


def test_messages_nested_too_deep() -> None:
    deepest = message(attachments=(("x", RESUME),), inside=True)
    middle = message(attachments=(("a", deepest),), inside=True)
    with pytest.raises(ReadingError) as caught:
        read_outlook(msg(attachments=(("b", middle),)), "信.msg", Limits())
    assert caught.value.code == "unsafe_archive"


@given(st.data())
def test_a_damaged_outlook_message_is_read_or_refused_by_name(data: st.DataObject) -> None:
    damaged = bytearray(msg(subject="應徵", body="您好", attachments=(("履歷.txt", RESUME),), code_page=950))
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(8, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ReadingError):
        assert read_outlook(bytes(damaged), "信.msg", Limits()).subject is not None
    assert is_outlook(bytes(damaged)) in (True, False)


# Joining


def document(text: str, **rest: object) -> Document:
    return Document(text, "部分", "text/plain", "traditional", ((0, len(text)),), **rest)  # type: ignore[arg-type]


def test_a_mail_and_what_it_carried_become_one_document() -> None:
    hidden = (HiddenText("白字", "white"),)
    body = document("您好。", warnings=(Notice("a", "甲"),))
    resume = document("五年客服企劃經驗。", hidden=hidden, kind="resume")
    joined = join("信.eml", "應徵", [body, resume], [Notice("attachment_not_read", "乙")])
    assert joined.text == "應徵\n\n您好。\n\n五年客服企劃經驗。"
    assert [joined.text[start:end] for start, end in joined.pages] == ["您好。", "五年客服企劃經驗。"]
    assert (joined.name, joined.media_type, joined.kind) == ("信.eml", "message/rfc822", "resume")
    assert (joined.hidden, [notice.code for notice in joined.warnings]) == (
        hidden,
        ["a", "attachment_not_read"],
    )
