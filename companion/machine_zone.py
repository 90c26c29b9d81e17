"""The time zone of this machine, read from the system each time, so that a change of zone or DST needs no restart."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, tzinfo

from companion.domain.dates import FIRST_DAY


class MachineZone(tzinfo):
    """The system's local time with its changes through the year, as ``zoneinfo`` zones have them."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return how far local time is ahead of UTC."""
        return _local(moment).utcoffset() if moment else None

    def dst(self, _moment: datetime | None) -> timedelta | None:
        """Return None: the system does not tell the part of the offset that is daylight saving."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """Return the zone's short name."""
        return _local(moment).tzname() if moment else None

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of a moment given in UTC."""
        local = moment.replace(tzinfo=UTC).astimezone()
        again = local.replace(tzinfo=None).astimezone()
        return local.replace(tzinfo=self, fold=int(again.utcoffset() != local.utcoffset()))


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None).astimezone()


MACHINE = MachineZone()


def machine_day(at: int) -> int:
    """Return the Unix day number of the local day in which a moment lies (it is asked for thousands of moments)."""
    return date(*time.localtime(at)[:3]).toordinal() - FIRST_DAY
