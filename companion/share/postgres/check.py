"""Says how a server is reached, which devices have deleted the forgotten, and what the server still holds of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.share.postgres.driver import Session
from companion.share.postgres.space import Space


@dataclass(slots=True)
class Findings:
    """What was found.

    Attributes:
        lines: sentences that are no problem.
        problems: sentences about what somebody should do.
    """

    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def findings(session: Session, space: Space) -> Findings:
    """Return what there is to say of a space; changes nothing there."""
    told = Findings()
    _say_connection(session, space, told)
    _say_answers(session, space, told)
    _say_remains(session, space, told)
    return told


def _say_connection(session: Session, space: Space, told: Findings) -> None:
    major = session.version // 10_000
    ways = session.rows("select ssl, version, cipher from pg_stat_ssl where pid = pg_backend_pid()") if major else []
    if ways and ways[0][0]:
        told.lines.append(f"PostgreSQL {major}, encrypted on the way ({ways[0][1]}, {ways[0][2]}).")
    else:
        told.lines.append(f"PostgreSQL {major}, on this machine or without encryption on the way; lines are sealed.")
    guards = (
        "The server holds the rules." if space.guarded else "The rules are kept by the companions alone (portable)."
    )
    told.lines.append(f"{guards} Your role: {space.role}.")


def _say_answers(session: Session, space: Space, told: Findings) -> None:
    """Say which devices have answered every act of forgetting: they deleted, and said so in the same step."""
    found = session.rows(
        "select d.member, d.id, (select count(*) from (select distinct whom, act from mutuals.line f where f.space ="
        " %(space)s and f.binds) f where not exists (select from mutuals.line h where h.space = %(space)s and h.device"
        " = d.id and h.whom = f.whom and h.act = f.act)) from mutuals.device d where d.space = %(space)s order by 1, 2",
        {"space": space.id},
    )
    for member, device, missing in found:
        name = f"{member}'s device {str(device)[:4]}"
        if int(str(missing)):
            told.problems.append(f"{name} has not said yet that it deleted {missing} forgotten key(s). Has it been on?")
        else:
            told.lines.append(f"{name} has deleted everybody who was forgotten.")


def _say_remains(session: Session, space: Space, told: Findings) -> None:
    """Say what of the forgotten may still lie in the server's files: dead rows, the log of writes, backups."""
    acts = session.rows("select max(stored) from mutuals.line where space = %(space)s and binds", {"space": space.id})
    if not acts or acts[0][0] is None:
        told.lines.append("Nobody was forgotten in this notebook, so the server holds nothing of anybody forgotten.")
        return
    dead = session.rows(
        "select n_dead_tup, coalesce(greatest(last_vacuum, last_autovacuum) > %(act)s, false)"
        " from pg_stat_all_tables where schemaname = 'mutuals' and relname = 'line'",
        {"act": acts[0][0]},
    )
    if not dead or not dead[0][1]:
        told.problems.append(
            "The table's file may still hold blanked lines. Its owner runs: `vacuum mutuals.line; checkpoint;`"
        )
    else:
        told.lines.append("The table was vacuumed after the last act of forgetting.")
    archive = session.rows("select current_setting('archive_mode')")[0][0]
    told.lines.append(
        f"The server's log of writes holds blanked lines until it is recycled (archive_mode is {archive}), and so do "
        "its dumps, base backups and standbys for as long as they are kept. All of them are sealed."
    )
