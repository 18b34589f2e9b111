"""Chinese names as English texts spell them: in pinyin, the surname first."""

from __future__ import annotations

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余"
    "于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷"
    "龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄温牛樊葛邢安齐伍庞"
    "颜倪庾聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单裴霍涂成苗谷盛"
    "曲翁冉骆蓝路游靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄"
    "窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄"
    "丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼"
    "盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云"
    "容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉"
    "银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_DOUBLE = "欧阳 上官 皇甫 司马 司徒 诸葛 令狐 慕容 公孙 东方 夏侯 尉迟 长孙 端木 独孤 南宫 西门"
SURNAMES = frozenset([*_SINGLE, *_DOUBLE.split()])
COMMON_SURNAMES = frozenset(
    [*_SINGLE[:100], *_DOUBLE.split()]
)  # three in four people have one of these
_SPELT = {  # surnames that are spoken otherwise than the character by itself
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "任": "ren", "查": "zha", "朴": "piao",
    "覃": "qin", "区": "ou", "乐": "yue", "翟": "zhai", "尉迟": "yuchi", "盖": "ge", "缪": "miao",
    "都": "du", "那": "na", "宁": "ning", "华": "hua", "石": "shi", "种": "chong",
}  # fmt: skip


def spelt(name: str) -> str:
    """A person's name: "欧阳修" is "Ouyang Xiu"; what opens with no surname, as one word."""
    for length in (2, 1):
        surname, given = name[:length], name[length:]
        if surname in SURNAMES and given:
            return f"{_SPELT.get(surname) or pinyin(surname)} {pinyin(given)}".title()
    return pinyin(name).title()


def pinyin(text: str) -> str:
    """A text in pinyin as one word without tones, ü as u."""
    from pypinyin import lazy_pinyin  # a quarter of a second, and only few questions need it

    return "".join(lazy_pinyin(text, v_to_u=True)).replace("ü", "u")
