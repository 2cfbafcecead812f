"""Characters that PDFs give in place of those that the eye reads: radicals, ligatures, variants."""

import re
import unicodedata

# Unicode gives these radicals no decomposition; fonts use their glyphs for the characters all the same.
_RADICALS = dict(
    zip(
        "⺁⺄⺆⺇⺈⺊⺌⺍⺕⺗⺜⺝⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺱⺲⺳⺴⺶⺷⺸⺹⺺⺼⺽⺾⺿⻀⻁⻂⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙冂𠘨刀卜小小彐心日月民氵氺灬爪爫丬牛犭王疋目示礻竹罒网罓网羊羊羊耂聿月臼艹艹艹虎衤西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食食饣食马骨鬼鱼鸟卤麦黄黾齊齐歯齿竜龙龟亀",
        strict=True,
    )
)
_FOLDED = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\ufe31-\ufe48\U0002f800-\U0002fa1f]")


def fold(text: str) -> str:
    """``text`` with glyph variants as the characters they stand for; full-width forms are seen and stay."""
    return _FOLDED.sub(lambda found: _character(found.group()), text)


def _character(glyph: str) -> str:
    return _RADICALS.get(glyph) or unicodedata.normalize("NFKC", glyph)
