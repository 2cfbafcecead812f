"""Family names: Chinese ones in both scripts' plain form, and how Taiwan and China romanise them."""

from matcher.language.normalise import normalise

_SINGLE = (
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜"
    "侯傅薛曹丁卓馬董唐阮藍蔣石古紀姚連馮歐程湯田康姜汪白鄒尤巫黎涂龔嚴韓袁金童陸柳凌夏邵錢伍倪溫譚駱熊任甘秦顧毛史官"
    "萬俞雷粘饒闕崔尹孔辛武辜陶段龍韋葛池孟褚殷麥賀莫管向梅華裴樊房佘左魯安鮑郝穆瞿牟喻苗冉車岳焦柴談申屠靳丘章易關賈"
    "闞柏寇邢路常喬賀賴文水成鞠談全利"
)
_DOUBLE = "歐陽 司徒 上官 諸葛 司馬 范姜 張簡 張廖 夏侯 皇甫 尉遲 公孫 慕容 令狐 端木 東方 南宮 西門 獨孤"
_ROMANISED = (
    "wang chen lin chang zhang huang hwang lee li wu liu tsai cai yang hsu xu cheng zheng hsieh xie "
    "kuo guo hung hong tseng zeng chiu qiu liao lai chou zhou chow su yeh ye chuang zhuang lu lyu "
    "chiang jiang ho he hsiao xiao lo luo kao gao pan chien jian chu zhu chung zhong peng yu chan "
    "zhan hu shih shi shen liang chao zhao yen yan ko ke weng wei sun tai dai fan fang sung song teng "
    "deng tu du hou fu hsueh xue tsao cao ting ding ma tung dong tang lan ku chi yao feng ou tien "
    "tian kang wong ng cheung tan lim teo hsiung ouyang szeto"
)

SINGLE = frozenset(normalise(_SINGLE))
DOUBLE = frozenset(normalise(_DOUBLE).split())
ROMANISED = frozenset(_ROMANISED.split())

NO_NAMES = frozenset(
    normalise(
        "高雄 官網 周休 周間 周會 周內 全端 全薪 全聯 全方位 全世界 全時 全職 金控 金管會 文宣 文創 文青 "
        "文組 高品質 高科技 "
        "高績效 高風險 高管 高屏 高普考 安卓 安控 安規 安親 王品 古坑 萬人 萬芳 房仲 房務 顧店 管考 管師 "
        "曾任 曾於 曾服 連假 "
        "路者 施作 施測 西門子 麥當勞 柯尼卡 董氏 馬光 易可思 白內障 張老師 葉克膜 段時間 程師 張數 葛瑪蘭 "
        "蔡司 華邦 林新 "
        "時薪 金流 康是美 何嘉仁 簡章 水產 水餃 金門 雷虎 應屆 單親"
    ).split()
)
"""Words and firms that begin like a name and that jieba's dictionary lacks or takes for one; from the
background of real postings (``data/idf``)."""
