from apps.objectives.charts.marks import drawing, mark, pct


def share(part: float, *, label: str, is_means: bool) -> str:
    """A bare bar, for the one list that mixes goals and means; means are round."""
    round_ends = 7.0 if is_means else 1.0
    body = mark("rect", "track", x="0", y=1, width="100%", height=12, rx=round_ends)
    if part > 0:
        of = "sb-means" if is_means else "sb-goal"
        body += mark("rect", of, x="0", y=1, width=pct(part * 100), height=12, rx=round_ends)
    return drawing("share", 14, label, body)
