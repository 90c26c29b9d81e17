"""`mutuals vet`: prints the vetting report of the card, whether the companion runs or not."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import click
import msgspec

from companion.api.schemas import PersonRef, key_of
from companion.cli.clients import echo_json, printable
from companion.cli.options import clock, data_option, holder, settings_of
from companion.cli.running import Running
from companion.cli.speech import echo, language, say
from companion.cli.stores import opened, viewer_of
from companion.cli.vet_report import text_of
from companion.domain.handles import is_id, without_at
from companion.errors import BodyError, UnknownError
from companion.i18n.catalogue import catalogue
from companion.settings import Settings
from companion.store.account import Account
from companion.vetting.look import network_inspectors
from companion.vetting.service import Vetted, vet_person
from companion.vetting.spoken import spoken_report
from companion.vetting.user_lists import copy_lists


@click.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, as /v1/vet answers.")
@click.option("--look", is_flag=True, help="Also open the link safely and look at the photo.")
@click.option("--viewer", help="The account of yours (@handle or id). Default: the one last active.")
@click.option("--self", "own", is_flag=True, help="Your own account: how you look to a vetter.")
@click.option("--lists", is_flag=True, help="Put copies of the word lists and weights where you can edit them.")
@click.argument("person", required=False)
def command(
    data: Path | None, as_json: bool, look: bool, viewer: str | None, own: bool, lists: bool, person: str | None
) -> None:
    """Print what was seen of PERSON (@handle or id): facts first, then a verdict; you decide."""
    settings = settings_of(data)
    if lists:
        echo(f"Your word lists, weights and topics: {copy_lists(settings.data)}")
    if person is None and not own:
        if not lists:
            raise click.UsageError(say("Say whom: an @handle, an id, or --self for your own account."))
        return
    if person is not None and own:
        raise click.UsageError(say("Name somebody, or say --self, not both."))
    named = without_at(person)
    report = _vet_running(settings, named, viewer, look) or _vet_here(settings, named, viewer, look)
    if as_json:
        echo_json(report)
    else:
        click.echo(printable_lines(text_of(spoken_report(report, catalogue(language())), say)))


def printable_lines(text: str) -> str:
    """Return text with the control characters of every line replaced: a bio may contain some."""
    return "\n".join(printable(line) for line in text.split("\n"))


def _vet_here(settings: Settings, named: str, viewer: str | None, look: bool) -> Vetted:
    """Vet with the stores opened by this process; an empty name is the viewer's own account."""
    with opened(settings) as stores:
        owner = viewer_of(stores, viewer)
        if not owner:
            raise UnknownError("Nobody was seen yet. Open X with the extension paired, then ask again.")
        account = Account(stores.notebook, stores.ledger, owner)
        ref = PersonRef(named, None) if is_id(named) else PersonRef(None, named)
        pid = (stores.ledger.find(owner, ref.id, ref.handle) or key_of(ref)) if named else owner
        return vet_person(account, pid, named or None, clock(), settings.data, network_inspectors() if look else None)


def _vet_running(settings: Settings, named: str, viewer: str | None, look: bool) -> Vetted | None:
    """Request the report from the running companion, with a session from a one-time link; None if none runs."""
    process = holder(settings)
    if process is None or process.port is None:
        return None
    query = urlencode({"person": named, "viewer": (viewer or "").lower(), "look": "1" if look else ""})
    with Running(settings, process.port) as running:
        return _report(*running.get(f"/web/vet?{query}"))


def _report(status: int, body: bytes) -> Vetted:
    try:
        if status == 200:
            return msgspec.json.decode(body, type=Vetted)
        error_body = msgspec.json.decode(body, type=dict[str, object])
    except msgspec.DecodeError as error:
        raise BodyError("The companion's answer cannot be read. Update it to this version.") from error
    raise UnknownError(str(error_body.get("message", "The companion could not vet this person.")))
