"""How entities of FollowTheMoney point at each other.

A property whose value is another entity's id has a name for the way back: what is an *owner*
to an ownership is shown by the owner as *ownershipOwner*.  The names are those of the
FollowTheMoney model (https://followthemoney.tech/explorer/), of the kinds that lists hold.
"""

from __future__ import annotations

from collections.abc import Mapping

BACK: Mapping[str, Mapping[str, str]] = {
    "Associate": {"person": "associates", "associate": "associations"},
    "BankAccount": {"bank": "bankAccounts"},
    "CryptoWallet": {"holder": "cryptoWallets"},
    "Debt": {"debtor": "debtDebtor", "creditor": "debtCreditor"},
    "Directorship": {"director": "directorshipDirector", "organization": "directorshipOrganization"},
    "Documentation": {"document": "relatedEntities", "entity": "documentedBy"},
    "Employment": {"employer": "employees", "employee": "employers"},
    "Family": {"person": "familyPerson", "relative": "familyRelative"},
    "Identification": {"holder": "identification"},
    "Membership": {"member": "membershipMember", "organization": "membershipOrganization"},
    "Note": {"entity": "noteEntities"},
    "Occupancy": {"holder": "positionOccupancies", "post": "occupancies"},
    "Ownership": {"owner": "ownershipOwner", "asset": "ownershipAsset"},
    "Passport": {"holder": "identification"},
    "Payment": {"payer": "paymentPayer", "beneficiary": "paymentBeneficiary"},
    "Position": {"organization": "positions"},
    "ProjectParticipant": {"project": "participants", "participant": "projectParticipation"},
    "Representation": {"agent": "agencyClient", "client": "agentRepresentation"},
    "Sanction": {"entity": "sanctions"},
    "Security": {"issuer": "securities"},
    "Similar": {"candidate": "candidateSimilars", "match": "matchSimilars"},
    "Succession": {"predecessor": "successors", "successor": "predecessors"},
    "UnknownLink": {"subject": "unknownLinkTo", "object": "unknownLinkFrom"},
    "Vehicle": {"owner": "ownedVehicles", "operator": "operatedVehicles"},
    "Airplane": {"owner": "ownedVehicles", "operator": "operatedVehicles"},
    "Vessel": {"owner": "ownedVehicles", "operator": "operatedVehicles"},
    "Thing": {"addressEntity": "things", "parent": "subsidiaries"},
}
"""The kind and the property that points, and the property under which the other end shows it."""


def back(schema: str, property: str) -> str | None:
    """The property under which the entity pointed at shows the one that points; None where none is known."""
    return BACK.get(schema, {}).get(property) or BACK["Thing"].get(property)


def is_pointer(schema: str, property: str) -> bool:
    return back(schema, property) is not None


def forward(schema: str, property: str) -> str | None:
    """The property that points, of the kind ``schema``, by the one it is shown under at the other end."""
    ways = {**BACK["Thing"], **BACK.get(schema, {})}
    return next((name for name, shown in ways.items() if shown == property), None)
