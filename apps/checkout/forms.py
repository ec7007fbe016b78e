"""What the customer types."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

NO_NAME = _("Tell us a name, so that we can help if something goes wrong.")
NO_EMAIL = _("Tell us an address, such as mira@example.org.")
BAD_EMAIL = _("This is not an address such as mira@example.org. Please look again.")
OUTDATED = _("This page was out of date. Look it over and press Pay again, please.")


class OrderForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        error_messages={"required": NO_NAME},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        error_messages={"required": NO_EMAIL, "invalid": BAD_EMAIL},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # One id a page: a second press, a resend or a step back is the same wish.
    command = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        if "command" in self.errors:
            self.refuse(str(OUTDATED))
        if wrong := [each for each in self.visible_fields() if each.errors]:
            wrong[0].field.widget.attrs["autofocus"] = True
        return self.cleaned_data

    def refuse(self, reason: str) -> None:
        """Say why, and let the next sending be a wish of its own."""
        self.add_error(None, reason)
        self.data = {**self.data, "command": str(uuid4())}
