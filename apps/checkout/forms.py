"""What the customer types."""

from django import forms

from apps.checkout.models import Customer


class OrderForm(forms.ModelForm[Customer]):
    # One id a page: a second press, a resend or a step back is the same wish.
    command = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Customer
        fields = ["name", "email"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        }
        error_messages = {
            "name": {"required": "Tell us a name, so that we can help if something goes wrong."},
            "email": {
                "required": "Tell us an address, such as mira@example.org.",
                "invalid": "This is not an address such as mira@example.org. Please look again.",
            },
        }
