"""GET /web/vet: the report on one person as JSON, for `mutuals vet` while the companion has the stores open."""

from __future__ import annotations

from flask import Response, request

from companion.api.endpoint import api_context, reply
from companion.api.presenters import find
from companion.api.schemas import PersonRef
from companion.domain.handles import is_id, without_at
from companion.errors import UnknownError
from companion.store.account import Account
from companion.vetting.look import real_eyes
from companion.vetting.service import vet_person
from companion.web.blueprint import blueprint

__all__ = ["blueprint"]


@blueprint.get("/vet")
def vet() -> Response:
    """Vet ``person`` (an id or a handle, or nobody for the viewer's own account) for ``viewer``.

    ``look=1`` also opens the link and looks at the photo.
    """
    page = api_context()
    asked, named = request.args.get("viewer", ""), without_at(request.args.get("person", ""))[:32]
    owners = page.stores.ledger.owners()
    owner = asked if asked in owners else next(iter(owners), "")
    if not owner:
        raise UnknownError("Nobody was seen yet. Open X with the extension paired, then ask again.")
    person = PersonRef(named, None) if is_id(named) else PersonRef(None, named)
    account = Account(page.stores.notebook, page.stores.ledger, owner)
    eyes = real_eyes() if request.args.get("look") == "1" else None
    pid = find(page, owner, person) if named else owner
    return reply(vet_person(account, pid, named or None, page.clock(), page.settings.data, eyes))
