"""{% structured data %}: JSON-LD for search engines."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# As Django's json_script does: nothing in it can end the element, or begin one.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
def structured(data: dict[str, Any]) -> SafeString:
    """A block of data, which no browser runs: the content security policy has no say in it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
