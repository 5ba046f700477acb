"""To whom a case is exported."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from crypto.age import recipient
from crypto.errors import RecipientFault, RecipientRejected
from reviewer.forms.console import ConsoleForm

_REJECTED: dict[RecipientFault, LazyString] = {
    RecipientFault.MALFORMED: _(
        "This is not a whole public key. Copy all of it, in one line: it begins with age1, "
        "ssh-ed25519 or ssh-rsa."
    ),
    RecipientFault.UNSUPPORTED: _(
        "This kind of key cannot be used: not every age program opens it. Ask for a key that "
        "begins with age1 and holds no other digit 1, or with ssh-ed25519 or ssh-rsa."
    ),
    RecipientFault.SECRET_KEY: _(
        "This is a secret key. Whoever made it must not use it any more, and must send you the "
        "public key of a new one."
    ),
}


class ExportForm(ConsoleForm):
    """Whose key opens the archive."""

    # Nothing secret, and yet not among what is shown again on a page about a problem: what was
    # pasted here by mistake may be.
    recipient = TextAreaField(
        _("Public key of whoever will open it"), [DataRequired(_("Paste the public key."))]
    )
    notes = BooleanField(_("With the notes of the office"))

    def validate_recipient(self, field: TextAreaField) -> None:
        """Something can be encrypted to it."""
        try:
            recipient(field.data or "")
        except RecipientRejected as rejected:
            if rejected.reason is RecipientFault.SECRET_KEY:
                # It is not sent back to lie in one more page.
                field.data = ""
            raise ValidationError(_REJECTED[rejected.reason]) from None
