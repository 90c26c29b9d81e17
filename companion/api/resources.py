"""Lists the resources of the API without the web framework: path, view, and the types of its body and its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from companion.domain.typed_json import decoded
from companion.errors import BodyError

if TYPE_CHECKING:
    from types import ModuleType

    from companion.api.context import ApiContext

Request = TypeVar("Request", bound=msgspec.Struct)
View = Callable[["ApiContext", Request], msgspec.Struct]
Respond = Callable[["ApiContext", bytes], bytes]

PREFIX = "/v1"
ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Described:
    """One path that takes POST, as the documentation tells it: types of the body and of the answer."""

    path: str
    words: str
    request: type[msgspec.Struct]
    response: type[msgspec.Struct]


@dataclass(frozen=True, slots=True)
class Resource(Described):
    """A path, and what makes its encoded answer from an encoded body; that raises `BodyError` and what views raise."""

    respond: Respond


class Resources(list[Resource]):
    """The resources of one module, in the order of its views."""


def resource(
    listed: Resources, path: str, request_type: type[Request], response_type: type[msgspec.Struct]
) -> Callable[[View[Request]], View[Request]]:
    """Decorate a view to serve POST ``path``: the body is decoded as ``request_type``, the result encoded as JSON."""

    def register(view: View[Request]) -> View[Request]:
        def respond(context: ApiContext, data: bytes) -> bytes:
            return ENCODER.encode(view(context, decode(request_type, data)))

        listed.append(Resource(PREFIX + path, view.__doc__ or "", request_type, response_type, respond))
        return view

    return register


def resources_of(module: ModuleType) -> Resources:
    """Return what a module of this package serves."""
    listed: Resources = module.resources
    return listed


def decode(request_type: type[Request], data: bytes) -> Request:
    """Return the body as ``request_type`` (row 11 of the gate's table).

    Raises:
        BodyError: 400 if it is no JSON or nested too deeply, 422 if it breaks the schema, with its ``field``.
    """
    try:
        body = decoded(data, request_type)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `")
        raise BodyError(f"{words}.", field=place.rstrip("`").removeprefix("$").lstrip(".")) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BodyError("The body is not JSON that can be read.", status=400, field="") from error
    return body
