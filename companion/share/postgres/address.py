"""Reads the address of a PostgreSQL server, without a password, and says how the connection is secured."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from companion.errors import SettingError

SCHEMES = ("postgresql://", "postgres://")
OPTIONS = ("host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "target_session_attrs")
"""What may stand behind the ``?``; anything else could weaken the connection or carry a secret."""
SAFE_MODES = ("require", "verify-ca", "verify-full")
"""All are safe here: SCRAM with channel binding shows a server in between, whoever signed its certificate."""
EXAMPLE = "postgresql://ines@db.example/notes"
KEEPALIVE = {"keepalives": "1", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
"""A connection that a router forgot is noticed within a minute."""
USER_TIMEOUT_MS = 30_000
CONNECT_SECONDS = 10
CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
    "/etc/ssl/cert.pem",  # macOS, Alpine, FreeBSD
)
"""Where systems keep the certificates they trust; the libpq of psycopg's own package knows none of them."""


@dataclass(frozen=True, slots=True)
class Address:
    """A server, a database and a login.

    Attributes:
        host: name, address, or folder of the server's socket.
        port: the port.
        database: the database.
        user: the login.
        options: further parameters, as libpq names them.
    """

    host: str
    port: int
    database: str
    user: str
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def local(self) -> bool:
        """Whether the server is on this machine, so that nobody is in between."""
        return self.host.startswith("/") or self.host in ("localhost", "127.0.0.1", "::1")

    @property
    def entry(self) -> str:
        """The name under which the system's key store keeps the password."""
        return f"{self.user}@{self.host}:{self.port}/{self.database}"

    def parameters(self) -> dict[str, str]:
        """Return libpq's parameters; the password is not among them."""
        known = {"host": self.host, "port": str(self.port), "dbname": self.database, "user": self.user}
        known |= {"connect_timeout": str(CONNECT_SECONDS), "application_name": "mutuals", **KEEPALIVE}
        known |= {"tcp_user_timeout": str(USER_TIMEOUT_MS)}
        if self.host.startswith("/"):  # the system itself may vouch for the user there ("peer")
            return {**known, **self.options, "require_auth": "scram-sha-256,none"}
        if self.local:
            return {**known, **self.options, "require_auth": "scram-sha-256"}
        secured = {"sslmode": "verify-full"}
        secured |= {} if self.options.get("sslmode") == "require" else {"sslrootcert": _trusted()}
        return {**known, **secured, **self.options, "channel_binding": "require", "require_auth": "scram-sha-256"}


def read(text: str) -> Address:
    """Return the address that a text is; what it says of a password is told to nobody.

    Raises:
        SettingError: it is none, it carries a password, or it asks for a connection that is not encrypted.
    """
    if not text.startswith(SCHEMES):
        raise SettingError(f"Say where: an address such as {EXAMPLE}.")
    rest = text.split("://", 1)[1]
    login, at, _ = rest.rpartition("@")
    if ":" in login or rest.count("@") > 1 or "password" in rest.lower():
        raise SettingError(
            "Leave the password out of the address: others on this machine can see a command line. Mutuals asks for "
            "it, or takes it from a passfile, PGPASSWORD or the system's key store. In a name write @ as %40, / as "
            "%2F, # as %23 and : as %3A."
        )
    try:
        parts = urlsplit(f"postgresql://{rest}")
        host, port = unquote(parts.hostname or ""), parts.port
    except ValueError:
        raise SettingError(f"The address cannot be read. It looks like {EXAMPLE}.") from None
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", host) or "localhost"
    given = options.pop("port", "")
    database, user = unquote(parts.path.strip("/")), unquote(login if at else "")
    if not user or not database or parts.fragment or (given and not given.isdigit()):
        raise SettingError(f"The address needs a login and a database, such as {EXAMPLE}.")
    return _checked(Address(host, int(given) if given else port or 5432, database, user, options))


def _checked(address: Address) -> Address:
    unknown = sorted(address.options.keys() - set(OPTIONS))
    if unknown:
        known = ", ".join(OPTIONS)
        raise SettingError(f"The address has an option that does not belong there. Known: {known}.")
    mode = address.options.get("sslmode")
    if mode and mode not in SAFE_MODES and not address.local:
        raise SettingError(f"sslmode must be one of {', '.join(SAFE_MODES)}: else others on the way can read.")
    if any(re.search(r"[\s\0]", part) for part in (address.host, address.user, address.database)):
        raise SettingError(f"The address cannot be read. It looks like {EXAMPLE}.")
    return address


def _trusted() -> str:
    """Return the file of the certificates that this system trusts."""
    named = ssl.get_default_verify_paths().cafile
    return next((path for path in (named, *CERTIFICATES) if path and Path(path).is_file()), "system")
