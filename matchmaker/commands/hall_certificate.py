"""A certificate that the computer in the hall makes for itself, so that phones can speak to it by https.

Nobody vouches for it: browsers warn once, and its fingerprint, on the screen and on the poster, says that it is the
right one.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from matchmaker.settings import HALL_CERTIFICATE
from matchmaker.store.private_files import keep_private

KEY = "certificate.key"
LASTS = timedelta(days=30)


def make(folder: Path, host: str, at: datetime | None = None) -> tuple[Path, Path]:
    """Return where the certificate for `host` and its key lie; a new one, unless there is one for it already."""
    at = at or datetime.now(UTC)
    certificate, key = folder / HALL_CERTIFICATE, folder / KEY
    if not _fits(certificate, key, host, at):
        private = ec.generate_private_key(ec.SECP256R1())
        _write(key, private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ))  # fmt: skip
        _write(certificate, _signed(private, host, at).public_bytes(serialization.Encoding.PEM))
    return certificate, key


def _fits(certificate: Path, key: Path, host: str, at: datetime) -> bool:
    if not (certificate.exists() and key.exists()):
        return False
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return _named(host) in list(names) and found.not_valid_after_utc > at + timedelta(days=2)


def _signed(private: ec.EllipticCurvePrivateKey, host: str, at: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "matchmaker in the hall")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + LASTS)
        .add_extension(x509.SubjectAlternativeName([_named(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _write(path: Path, content: bytes) -> None:
    keep_private(path)
    path.write_bytes(content)
