"""{{ cents|money }}"""

from django import template  # noqa: TID251

from apps.catalog.money import show

register = template.Library()
register.filter("money", show)
