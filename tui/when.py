"""When something was, in few words."""

from datetime import datetime, timedelta


def when(moment: datetime, now: datetime) -> str:
    """A past moment as it is seen from now, both in the time zone to show.

    >>> now = datetime(2026, 11, 27, 18)
    >>> when(datetime(2026, 11, 27, 9, 5), now), when(datetime(2026, 11, 26, 9, 5), now)
    ('today 09:05', 'yesterday 09:05')
    >>> when(datetime(2025, 11, 26, 9, 5), now)
    '2025-11-26 09:05'
    """
    days = {now.date(): "today", now.date() - timedelta(days=1): "yesterday"}
    return f"{days.get(moment.date(), moment.date().isoformat())} {moment:%H:%M}"
