"""The words that put a Chinese question, and the English that opens one of the same kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.scripts import HAN

MEASURES = "个家项名位条种类座所份部台辆艘只件张篇届批款支次处间门块"
_IS = "(?:是|为|有|达到?|共)?"
_SHARE = "(?:比例|占比|比重)"
# (Chinese, English, whether the noun behind it belongs to it); the first that fits is taken.
_FORMS = (
    ("为什么|为何|为啥|何以|什么原因|原因是什么|原因何在", "why", False),
    ("什么时候|何时|什么时间|哪个时候|什么日期|什么日子|几号|哪一?天|哪日", "when", False),
    ("什么地方|什么地点|哪里|哪儿|何处|何地", "where", False),
    ("哪一?年|什么年份|哪个年份", "which year", False),
    ("哪一?个?月份?|几月份?", "which month", False),
    ("哪位|哪个人|哪一位|什么人|何人|谁", "who", False),
    (
        f"有?哪\\s?(?:一些|几[{MEASURES}]|一?[{MEASURES}]|些|几)?(?:不同的?)?",
        "which",
        True,
    ),
    ("多少钱", "how much money", False),
    (
        f"百分之多少|百分之几|几成|(?:多大|多少|多高|什么)的?{_SHARE}"
        f"|(?:(?<=比例)|(?<=占比)|(?<=比重)|(?<=率)){_IS}多少",
        "what percentage",
        False,
    ),
    ("(?:隔|每隔)?(?:多久|多长时间|多少天)(?=.*(?:一|one\\s+)次)", "how often", False),
    ("多长时间|多久|多少时间|多长", "how long", False),
    ("(?:多少|几)[年天周]|几个月|多少个?(?:小时|月|星期)", "how long", False),
    ("多大年龄|多大岁数|几岁|多少岁", "how old", False),
    ("多高", "how high", False),
    ("多远", "how far", False),
    ("多大", "how large", False),
    (
        f"{_IS}多少[万亿千百]*(?:元|美元|欧元|人民币|港元|日元|英镑)",
        "how much money",
        False,
    ),
    (
        f"{_IS}(?:多少|几)[万亿千百]*(?:[{MEASURES}](?=[{HAN}]))?(?=[{HAN}])",
        "how many",
        True,
    ),
    (f"{_IS}多少[万亿千百]*", "how much is", False),
    ("(?:什么样的?|怎么?样的)一?[种个类]?的?(?=\\w{2})", "what kind of", True),
    ("怎么样|怎么|怎样|如何|何以|咋样|咋", "how", False),
    ("什么是|是什么意思|是什么|指的?是?什么|是指什么|叫什么|是啥", "what is", False),
    ("(?:是|有|做了?|干)?什么|何种|何等|啥", "what", True),
    (
        f"是否|有没有|有无|是不是|能否|可否|可不可以|(?P<verb>[{HAN}]{{1,2}})不(?=(?P=verb))"
        "|吗[?？]?$|了?没有?[?？]?$",
        "does",
        False,
    ),
)
_COMPILED = tuple((re.compile(chinese), english, noun) for chinese, english, noun in _FORMS)
_POLITE = re.compile(
    "^(?:请问|请教一下|请教|请说说|请告诉我|我想知道|想知道|想问一下|问一下)[,，:：]?"
    "|[呢啊呀吧嘛]+[?？]?$"
)
_SAYING = re.compile(
    "(?:文件|文章|报告|通知|意见|资料|材料|文中|报道)[中里上]?(?:提到|说|讲|写)[的到了]?"
    "|据(?:文件|文章|报道|资料)"
)


@dataclass(frozen=True, slots=True)
class Asking:
    """``before`` and ``after`` are the Chinese on both sides of the word that asks, ``english``
    what opens such a question in English, "" for one that only names its subject; ``noun`` tells
    whether the next word of ``after`` belongs to it."""

    before: str
    english: str
    noun: bool
    after: str


def asking(question: str) -> Asking:
    """What puts a question and what is left of it."""
    rest = _SAYING.sub(" ", _POLITE.sub("", question.strip()))
    for pattern, english, noun in _COMPILED:
        if m := pattern.search(rest):
            return Asking(rest[: m.start()], english, noun, rest[m.end() :])
    return Asking(rest, "", False, "")
