"""{{ cents|money }}"""

from django import template

from apps.catalog.money import show

register = template.Library()
register.filter("money", show)
