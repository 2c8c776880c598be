"""Plain Python: values of a file that anybody may have written in; the same out where they are what they should be."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

type Check = Callable[[Any], bool]


def keepable(value: object) -> None:
    """Raises ValueError where no database keeps what was read from JSON: no number, NUL, half a character."""
    text = json.dumps(value, allow_nan=False, ensure_ascii=False)
    text.encode()
    if NUL.search(text):
        raise ValueError("NUL")


def text_in(value: Any, longest: int | None = None) -> str:
    """A text of so many characters at most. Raises ValueError."""
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        raise ValueError("no such text")
    return value


def within[Number: (int, float)](number: Any, least: Number, most: Number) -> Number:
    """The number, of the kind of its bounds. Raises ValueError for one beyond them, and what no number makes fail."""
    found = type(least)(number)
    if not least <= found <= most:
        raise ValueError(number)
    return found


def shaped[Value](value: Value, kind: Any) -> Value:
    """
    The value, if it and all that is in it are of this type; a list may stand for a tuple. Raises ValueError.

    Dataclasses, unions, tuples, lists and mappings are looked into.
    """
    if not checker(kind)(value):
        raise ValueError(f"no {kind}")
    return value


@cache
def checker(kind: Any) -> Check:
    """Whether a value is of a type, as a function."""
    origin, args = get_origin(kind), get_args(kind)
    if isinstance(kind, TypeAliasType):
        return checker(kind.__value__)
    if origin in {Union, UnionType}:
        some = [checker(each) for each in args]
        return lambda value: any(check(value) for check in some)
    if origin in {list, tuple} and (origin is list or args[-1] is ...):
        each = checker(args[0])
        return lambda value: isinstance(value, list | tuple) and all(map(each, value))
    if origin is tuple:
        parts = [checker(part) for part in args]
        return lambda value: (
            isinstance(value, list | tuple)
            and len(value) == len(parts)
            and all(check(part) for check, part in zip(parts, value, strict=True))
        )
    if origin in {dict, Mapping}:
        key, held = map(checker, args)
        return lambda value: isinstance(value, dict) and all(key(k) and held(v) for k, v in value.items())
    return _of_one(kind)


def _of_one(kind: Any) -> Check:
    if kind is Any:
        return lambda value: True
    if kind in {int, float}:
        numbers = (int, float) if kind is float else int
        return lambda value: isinstance(value, numbers) and not isinstance(value, bool)
    if not is_dataclass(kind):
        wanted = NoneType if kind is None else kind
        return lambda value: isinstance(value, wanted)
    made: Any = kind
    hints = get_type_hints(made)
    checks = [(field.name, checker(hints[field.name])) for field in fields(kind)]
    return lambda value: isinstance(value, made) and all(check(getattr(value, name)) for name, check in checks)
