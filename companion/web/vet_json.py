"""GET /web/vet: the vetting report of one person as JSON, for `mutuals vet` while the companion runs."""

from __future__ import annotations

from flask import Response, request

from companion.api.endpoint import api_context, reply
from companion.api.presenters import find
from companion.api.schemas import PersonRef
from companion.domain.handles import is_id, without_at
from companion.errors import UnknownError
from companion.vetting.look import network_inspectors
from companion.vetting.service import vet_person
from companion.web.blueprint import blueprint

__all__ = ["blueprint"]


@blueprint.get("/vet")
def vet() -> Response:
    """Vet ``person`` (id or handle; empty for the viewer's own account) for ``viewer``.

    ``look=1`` also opens the link and examines the photo.
    """
    context = api_context()
    viewer, named = request.args.get("viewer", ""), without_at(request.args.get("person", ""))[:32]
    owners = context.stores.ledger.owners()
    owner = viewer if viewer in owners else next(iter(owners), "")
    if not owner:
        raise UnknownError("Nobody was seen yet. Open X with the extension paired, then ask again.")
    person = PersonRef(named, None) if is_id(named) else PersonRef(None, named)
    account = context.account(owner)
    eyes = network_inspectors() if request.args.get("look") == "1" else None
    pid = find(context, owner, person) if named else owner
    return reply(vet_person(account, pid, named or None, context.clock(), context.settings.data, eyes))
