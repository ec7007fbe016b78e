"""Collect the texts to translate, the sentences of rejections among them."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # What decides is pure and calls no gettext: its sentences are known by who says them.
    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=Rejected",
        "--keyword=Words",
    ]
