# The part of Flask-WTF 1.3 that Zegel uses; the package has no annotations.

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form

class FlaskForm(Form):
    def __init__(
        self,
        formdata: MultiDict[str, str] | None = ...,
        obj: object | None = ...,
        prefix: str = ...,
        data: Mapping[str, object] | None = ...,
        **values: object,
    ) -> None: ...
    def is_submitted(self) -> bool: ...
    def validate_on_submit(self) -> bool: ...
