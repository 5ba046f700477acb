"""A key of the wrong kind is refused by the type checker, before the program ever runs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

IMPORTS = """\
from crypto.consultation import ConsultationKeys
from crypto.grants import grant_case, grant_intake, open_case_grant, open_intake_grant
from crypto.identity import seal_identity
from crypto.keys import CasePrivateKey, IntakePrivateKey, MailboxPrivateKey, PersonalPrivateKey
from crypto.keys import ConsultationPublicKey, IntakePublicKey, MailboxPublicKey
from crypto.keys import PersonalPublicKey, Seed
from crypto.passphrase import wrap_seed
from crypto.receipt import MailboxAddress
from crypto.session import SessionToken

def planted(
    seed: Seed,
    token: SessionToken,
    intake: IntakePublicKey,
    intake_private: IntakePrivateKey,
    mailbox: MailboxPublicKey,
    mailbox_private: MailboxPrivateKey,
    person: PersonalPublicKey,
    person_private: PersonalPrivateKey,
    case_private: CasePrivateKey,
    consultation: ConsultationPublicKey,
    consulted: ConsultationKeys,
) -> None:
"""

RIGHT = [
    "grant_case(seed, b'case', intake)",
    "grant_case(seed, b'case', person)",
    "open_case_grant(b'box', b'case', person_private)",
    "grant_intake(seed, person)",
    "open_intake_grant(b'box', person_private)",
    "MailboxAddress(b'locator', b'hash', mailbox)",
    "seal_identity(b'name', b'case', [person], 1)",
    "wrap_seed(seed, 'passphrase', b'owner')",
    "granted: PersonalPublicKey = person_private.public",
    "released: ConsultationPublicKey = consulted.public",
]
WRONG = [
    "MailboxAddress(b'locator', b'hash', intake)",
    "grant_case(seed, b'case', mailbox)",
    "grant_case(seed.raw, b'case', intake)",
    "open_case_grant(b'box', b'case', mailbox_private)",
    "open_case_grant(b'box', b'case', case_private)",
    "grant_intake(seed, intake)",
    "open_intake_grant(b'box', intake_private)",
    "seal_identity(b'name', b'case', [intake], 1)",
    "wrap_seed(token, 'passphrase', b'owner')",
    "swapped: MailboxPublicKey = intake_private.public",
    "MailboxAddress(b'locator', b'hash', consultation)",
    "grant_case(seed, b'case', consultation)",
    "open_case_grant(b'box', b'case', consulted.private)",
    "answered: MailboxPublicKey = consulted.public",
]


def test_mypy_accepts_each_right_kind_and_refuses_each_wrong_one(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(IMPORTS + "".join(f"    {line}\n" for line in RIGHT + WRONG))
    first_wrong = IMPORTS.count("\n") + len(RIGHT) + 1

    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(planted)],
        cwd=ROOT,
        env={"MYPYPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    refused = {
        int(line.split(":")[1])
        for line in run.stdout.splitlines()
        if "planted.py" in line and "error:" in line
    }
    assert refused == set(range(first_wrong, first_wrong + len(WRONG))), run.stdout + run.stderr
