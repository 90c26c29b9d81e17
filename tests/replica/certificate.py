"""Makes the replica's own certificate, one for each run, and the pin by which a browser accepts just that key."""

from __future__ import annotations

import base64
import datetime
import hashlib
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = ["x.com", "*.x.com", "twitter.com", "*.twitter.com", "*.twimg.com", "hostile.example"]


@dataclass(frozen=True)
class Certificate:
    """A certificate on disk.

    Attributes:
        chain: PEM file of the certificate.
        key: PEM file of its private key.
        spki: base64 SHA-256 of the public key, for Chromium's ``--ignore-certificate-errors-spki-list``.
    """

    chain: Path
    key: Path
    spki: str

    def context(self) -> ssl.SSLContext:
        """Return a TLS server context with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        return context


def make_certificate(folder: Path) -> Certificate:
    """Make a key and a self-signed certificate for all hosts of the replica, valid for two days.

    Args:
        folder: where the two PEM files go; removed with the run's temporary folder.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    chain, secret = folder / "replica.pem", folder / "replica-key.pem"
    chain.write_bytes(_self_signed(key).public_bytes(serialization.Encoding.PEM))
    secret.touch(mode=0o600)
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Certificate(chain, secret, base64.b64encode(hashlib.sha256(public).digest()).decode())


def _self_signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x.com")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(names, critical=False)
    builder = builder.not_valid_before(now - datetime.timedelta(hours=1))
    return builder.not_valid_after(now + datetime.timedelta(days=2)).sign(key, hashes.SHA256())
