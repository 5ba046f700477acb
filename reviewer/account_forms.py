"""What people of the office set about themselves."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import ValidationError

from cases.domain.work_addresses import read_work_address
from cases.errors import InvalidWorkAddress
from reviewer.forms import ConsoleForm, without_controls


def _can_be_an_address(form: ConsoleForm, field: StringField) -> None:
    try:
        read_work_address(field.data or "")
    except InvalidWorkAddress:
        raise ValidationError(
            _("This is not an e-mail address. It looks like name@example.org.")
        ) from None


class WorkAddressForm(ConsoleForm):
    """Where a person is told that reminders wait."""

    email = StringField(_("E-mail address"), [_can_be_an_address], filters=[without_controls])
