"""Collect the texts to translate, the sentences of rejections among them."""

from pathlib import Path

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # What decides is pure and calls no gettext: its sentences are known by who says them.
    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=Rejected",
        "--keyword=Words",
    ]

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Without the date of collecting, the one line on which any two branches would differ."""
        super().write_po_file(potfile, locale)
        for po in Path(potfile).parent.glob(f"{locale}/LC_MESSAGES/{self.domain}.po"):
            lines = po.read_text().splitlines(keepends=True)
            po.write_text("".join(line for line in lines if "POT-Creation-Date" not in line))
