"""Open Badge 3.0 as a signed JSON Web Token (VC-JWT, RS256), and the keys that sign and check it. Pure.

The token is the credential itself; its header names the key by `kid` and carries the public half. The recipient is
named by a salted hash, so that a badge that is passed on tells nobody's name to who does not know it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from .words import language_of, say

ALGORITHM = "RS256"
BITS = 2048
CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)


class BadBadge(Exception):
    """A token that is no badge of ours, or was altered; for those who check it, who then say so."""


@dataclass(frozen=True, slots=True)
class Key:
    """A pair of keys: `public` as JWK; `private` as PEM, locked with a passphrase."""

    kid: str
    public: Mapping[str, Any]
    private: str


def new_key(passphrase: bytes) -> Key:
    """Make a key; its name is the thumbprint of its public half (RFC 7638)."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = RSAAlgorithm.to_jwk(made.public_key(), as_dict=True)
    core = {name: public[name] for name in ("e", "kty", "n")}
    kid = hashlib.sha256(json.dumps(core, separators=(",", ":"), sort_keys=True).encode()).hexdigest()[:32]
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
    return Key(kid, {**core, "alg": ALGORITHM, "use": "sig", "kid": kid}, pem.decode())


def opens(key: Key, passphrase: bytes) -> bool:
    """Whether the private half can be used with this passphrase."""
    try:
        serialization.load_pem_private_key(key.private.encode(), passphrase)
    except ValueError:
        return False
    return True


def credential(content: Mapping[str, Any], name: str, code: str, *, issuer: str, address: str) -> dict[str, Any]:
    """The Open Badge of a frozen content. `issuer` is the address of who issues, `address` that of the check page."""
    language = language_of(content["language"])
    narrative = " · ".join(
        part
        for part in (
            say(language, content["kind"]),
            say(language, "sessions", attended=content["sessions_attended"], held=content["sessions_held"])
            if content.get("sessions_held")
            else "",
            say(language, "releases", releases=", ".join(content["releases"])) if content.get("releases") else "",
        )
        if part
    )
    return {
        "@context": list(CONTEXT),
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": content["title"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": content["issuer"]},
        "validFrom": _moment(content["issued_on"]).isoformat().replace("+00:00", "Z"),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityType": "name",
                    "identityHash": f"sha256${hashlib.sha256(f'{name}{code}'.encode()).hexdigest()}",
                    "salt": code,
                }
            ],
            "achievement": {
                "id": f"{address}#achievement",
                "type": ["Achievement"],
                "achievementType": "Certificate" if content["kind"] == "completion" else "Award",
                "name": content["title"],
                "description": content.get("programme") or content["title"],
                "criteria": {"narrative": narrative},
                "inLanguage": content["language"],
            },
        },
        "evidence": [
            {"id": address, "type": ["Evidence"], "name": content["serial"], "description": content["digest"]}
        ],
    }


def sign(badge: Mapping[str, Any], key: Key, passphrase: bytes) -> str:
    """The badge as a signed token."""
    private = serialization.load_pem_private_key(key.private.encode(), passphrase)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise BadBadge("the key is of another kind")
    started = int(datetime.fromisoformat(badge["validFrom"]).timestamp())
    claims = {**badge, "iss": badge["issuer"]["id"], "jti": badge["id"], "nbf": started}
    return jwt.encode(claims, private, algorithm=ALGORITHM, headers={"kid": key.kid, "jwk": dict(key.public)})


def read(token: str, published: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The badge of a token that was signed with one of our published keys; raises `BadBadge`.

    The key in the token's own header is never trusted, and no other algorithm is taken.
    """
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        public = next((one for one in published if one["kid"] == kid), None)
        if public is None:
            raise BadBadge("signed with a key that is not ours")
        return dict(jwt.decode(token, jwt.PyJWK(dict(public)), algorithms=[ALGORITHM]))
    except jwt.PyJWTError as error:
        raise BadBadge(str(error)) from error


def _moment(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)
