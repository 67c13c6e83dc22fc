"""Numbers that changed, and claims with a number, by language."""

from .build import Example, article, body, dose, says


def changed(old: str, new: str, *at: str, language: str = "en") -> Example:
    trees = [article(*body(f"<p>{html}</p>"), language=language) for html in (old, new)]
    return Example("changed-number", trees[1], at, trees[0])


CHANGED = [
    changed("You get 200 mg.", "You get 400 mg.", "1"),
    changed("٢ مرات", "٣ مرات", "1", language="ar"),
    changed("2 tablets 3 times", "3 tablets 2 times", "1"),
    changed("1 of 10, 2 of 10", "2 of 10, 1 of 10", "1"),
    changed("Take 10 mg.", "Take it.", "1"),
    changed("Take it.", "Take 10 mg.", "1"),
    changed("10% of people", "10 people", "1"),
    changed("Take 1.5 mg.", "Take 15 mg.", "1"),
    changed("two tablets", "three tablets", "1"),
    changed("once a day", "twice a day", "1"),
    changed("dos comprimidos", "tres comprimidos", "1", language="es"),
    changed("每天两次", "每天三次", "1", language="zh-hans"),
    changed("hai viên", "ba viên", "1", language="vi"),
    changed("ثلاث مرات", "أربع مرات", "1", language="ar"),
    Example("changed-number", dose("400"), ("d",), dose("200")),
    Example("changed-number", dose("2026-03-01"), ("d",), dose("2026-01-03")),
    # The same numbers, written in another way or among other words.
    changed("You get 200 mg.", "You really get 200 mg."),
    changed("About PD-1.", "About PD-L1."),
    changed("50% of people", "50 % of people"),
    changed("٢ مرات", "2 مرات", language="ar"),
    changed("two tablets", "2 tablets"),
    changed("This one helps.", "This helps."),
    changed("一个人", "个人", language="zh-hans"),
    changed("2 <strong>tablets</strong> 3 times", "Take 2 tablets <em>3 times</em>."),
    Example("changed-number", says("<p>You get 400 mg.</p>")),
]
