"""Details to JSON and back, read by the types that their classes declare.

One reader for all classes: a field's annotation says how its value is asked for, and what an
envelope holds is never believed to have a type before it is asked.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import get_args, get_origin, get_type_hints

from cases.domain.details import DETAIL_CLASSES, Details
from cases.domain.flows import Detail
from cases.domain.json_fields import JsonFields
from cases.errors import FactsMalformed

_KINDS = {cls: kind for kind, cls in DETAIL_CLASSES.items()}


def details_fields(details: Details) -> dict[str, object]:
    """The details as plain values for JSON, with their kind."""
    return {"kind": _KINDS[type(details)], "values": vars(details)}


def details_from(read: JsonFields) -> Details:
    """What `details_fields` gave; FactsMalformed for an unknown kind, choice or type."""
    cls = DETAIL_CLASSES[read.required("kind", Detail)]
    hints = get_type_hints(cls)
    # The annotations are read above: no type checker can follow, the tests do.
    make: Callable[..., Details] = cls
    values = read.object("values")
    return make(**{each.name: _value(values, each, hints[each.name]) for each in fields(cls)})


def _value(read: JsonFields, field: Field[object], hint: object) -> object:
    if not read.has(field.name):
        return _default(field, hint)
    options = [each for each in get_args(hint) if each is not type(None)]
    kind = options[0] if get_origin(hint) is UnionType else hint
    if get_origin(kind) is tuple:
        return _values(read, field.name, get_args(kind)[0])
    return _single(read, field.name, kind)


def _default(field: Field[object], hint: object) -> object:
    """A field that an older version did not write."""
    if field.default is not MISSING:
        return field.default
    if type(None) in get_args(hint):
        return None
    raise FactsMalformed


def _single(read: JsonFields, name: str, kind: object) -> object:
    if kind is bool:
        return read.flag(name, False)
    if kind is int:
        return read.number(name)
    if kind is date:
        return read.day(name)
    if kind is bytes:
        return read.hex(name)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return read.required(name, kind)
    return read.text(name)


def _values(read: JsonFields, name: str, kind: object) -> tuple[object, ...]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(read.choices(name, kind))
    return read.texts(name)
