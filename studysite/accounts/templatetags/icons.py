"""The line icons of the site, drawn inline: no sprite to fetch, and the colour is that of the text around them."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Each is drawn on a grid of 24 by 24 and stroked, never filled; the stylesheet gives stroke and size (.i, .i.s).
ICONS = {
    "cal": '<rect x="4" y="5.5" width="16" height="15" rx="2"/><path d="M4 10.5h16M8.5 3v4m7-4v4"/>',
    "cards": '<rect x="4" y="4" width="16" height="7" rx="1.5"/><rect x="4" y="13.5" width="16" height="7" rx="1.5"/>',
    "chart": '<path d="M4.5 4v16h15.5M9 16v-4m4 4V8m4 8v-6"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "chev": '<path d="m9.5 6 6 6-6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "compare": '<rect x="4" y="4.5" width="6.5" height="15" rx="1.5"/>'
    '<rect x="13.5" y="4.5" width="6.5" height="15" rx="1.5"/><path d="M6 9h2.5M15.5 9H18M6 13h2.5M15.5 13H18"/>',
    "copy": '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2"/>'
    '<path d="M15.5 8.5v-3A1.5 1.5 0 0 0 14 4H5.5A1.5 1.5 0 0 0 4 5.5V14a1.5 1.5 0 0 0 1.5 1.5h3"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "export": '<path d="M12 15V4M8 8l4-4 4 4M5 14v5.5h14V14"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.75"/>',
    "flag": '<path d="M6 21V4m0 1c4-2.5 7 2 12 0v8.5c-5 2-8-2.5-12 0"/>',
    "guide": '<rect x="4" y="4.5" width="16" height="15" rx="2"/><path d="M4 9.5h16M10 9.5v10"/>',
    "hide": '<path d="M4 4l16 16M9.5 6A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7'
    'M6 7.7C3.8 9.5 2.5 12 2.5 12S6 18.5 12 18.5c1.5 0 2.8-.4 4-1"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5m0-8.2v.1"/>',
    "keys": '<rect x="2.5" y="6" width="19" height="12" rx="2"/>'
    '<path d="M6.5 10h.1m3.6 0h.1m3.6 0h.1m3.6 0h.1M8 14h8"/>',
    "left": '<path d="M19 12H5m6-6-6 6 6 6"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7.5 8 6 8-6"/>',
    "mark": '<path d="m14 4.5 5.5 5.5-8.5 8.5H5.5V13zM4 21h16"/>',
    "memory": '<rect x="4" y="4" width="7" height="7" rx="1.5"/><rect x="15" y="5.5" width="4" height="4" rx="1"/>'
    '<rect x="5.5" y="15" width="4" height="4" rx="1"/><rect x="13" y="13" width="7" height="7" rx="1.5"/>',
    "moon": '<path d="M19.5 14.5a8 8 0 0 1-10-10 8 8 0 1 0 10 10z"/>',
    "out": '<path d="M14 4H6v16h8m-4-8h11m-4-4 4 4-4 4"/>',
    "play": '<path d="M8 5.5v13l10.5-6.5z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9.5h16V17h-3M7 14h10v6H7z"/>',
    "right": '<path d="M5 12h14m-6-6 6 6-6 6"/>',
    "same": '<path d="M5 9.5h14M5 14.5h14"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "sort": '<path d="m8 9.5 4-4 4 4m-8 5 4 4 4-4"/>',
    "sort-down": '<path d="M12 5v14m-5-5 5 5 5-5"/>',
    "sort-up": '<path d="M12 19V5m-5 5 5-5 5 5"/>',
    "swap": '<path d="M4 8.5h15m-4-4 4 4-4 4m5 3H5m4-4-4 4 4 4"/>',
    "user": '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5C5.3 16 8.1 14 12 14s6.7 2 7.5 6.5"/>',
    "users": '<circle cx="9" cy="8.5" r="3.5"/>'
    '<path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 5.2a3.5 3.5 0 0 1 0 6.6m2 2.7c2 .8 3.2 2.7 3.5 5.5"/>',
    "warn": '<path d="M12 4 2.8 19.5h18.4zm0 6v4.5m0 2.3v.1"/>',
    "x": '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, *, small: bool = False, extra: str = "") -> SafeString:
    """
    Draw one icon, hidden from screen readers: the control around it must carry its own words.

    `small` is for text of 13 to 14 px; `extra` is further classes. Raises KeyError for a name that is not drawn here.
    """
    classes = " ".join(part for part in ("i", "s" if small else "", extra) if part)
    # The shapes are constants of this module, never a reader's text.
    shapes = mark_safe(ICONS[name])
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, shapes)
