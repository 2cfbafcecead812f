"""E-mail addresses, accounts of messengers, and photos that a text names."""

from matcher.privacy.found import Finds, PersonalData
from matcher.privacy.patterns import COLON, Pattern, words

_LOCAL = r"[a-z0-9._%+-](?<![a-z0-9._%+-].)[a-z0-9._%+'-]*+"
_DOMAIN = r"(?:[a-z0-9-]++(?:\.|[(\[]dot[)\]]))+[a-z]{2,24}"
# Blanks around the sign, or «(at)», for the great providers only: «Engineer @ Booking.com» is a job.
_PROVIDER = r"(?:gmail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|hinet|pchome|seed|foxmail|qq|163|126)"
_EMAIL = Pattern(
    rf"{_LOCAL}(?:@ ?{_DOMAIN}| ?(?:@|[(\[] ?at ?[)\]]) ?(?={_PROVIDER}\W){_DOMAIN})",
    "@",
    "at)",
    "at]",
    "at )",
)

_ACCOUNT = r"(@? ?[a-z0-9][a-z0-9._-]{2,29})(?![a-z0-9])"
_PRODUCTS = (
    r"(?!(?:pay|oa|bot|today|tv|ads?|works|notify|points?|shopping|beacon|man|manager|official|facebook|fb|ig"
    r"|instagram|wechat|whatsapp|messenger|telegram|skype|app|web|e-?mail|line|id|https?|crm|api|call)"
    r"(?![a-z0-9._-]))"
)
_MESSENGER = Pattern(
    rf"(?:line(?<![a-z_.]line)|wechat) ?(?:id|{words('帳號 帳戶')}) {{0,3}}(?:{COLON} {{0,3}}{_ACCOUNT}"
    rf"|(?=[@a-z._-]*[0-9@._-]){_ACCOUNT})"
    rf"|(?:line(?<![a-z_.]line)|wechat|skype|telegram|{words('微信 微信號 加賴 賴')})"
    rf" {{0,3}}{COLON} {{0,3}}{_PRODUCTS}{_ACCOUNT}",
    *("line", "wechat", "skype", "telegram", "微", "賴"),
)

_PICTURE = r"\.(?:jpe?g|png|gif|webp|heic|bmp)(?![a-z0-9])"
_PHOTO = Pattern(
    rf"(?:{words('大頭照 證件照 個人照 半身照 照片 相片 photo headshot')})"
    rf"(?:[)\]】]? {{0,3}}{COLON} {{0,3}}(\S{{1,200}}?{_PICTURE}|https?://\S+|data:image/\S+)"
    rf"|[^\s]{{0,40}}?{_PICTURE})",
    *("照", "相", "photo", "headshot"),
)
_LONGEST_WORD = 40


def contacts(text: str) -> Finds:
    """E-mail addresses, accounts behind the name of a messenger, and files or links of portraits."""
    for match in _EMAIL.matches(text):
        yield PersonalData("email", *match.span())
    for match in _MESSENGER.matches(text):
        yield PersonalData("messenger", *match.span(match.lastindex or 0))
    for match in _PHOTO.matches(text):
        start, end = match.span(1 if match[1] else 0)
        if not match[1]:  # the name of a file begins where its word does
            start -= len(text[max(0, start - _LONGEST_WORD) : start].rpartition(" ")[2].rpartition("\n")[2])
        yield PersonalData("photo", start, end)
