"""{{ city|place_name }}: a province, city or district in the language of the page."""

from django import template

from members.place_names import place_name

register = template.Library()
register.filter("place_name", place_name)
