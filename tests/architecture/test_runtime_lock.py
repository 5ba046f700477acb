"""deploy/requirements.lock is what runs of requirements.lock; the bill of materials lists it."""

import json

from tools.runtime_lock import WRITTEN, direct, pins, runtime_lock, sbom

AGAIN = "python -m tools.runtime_lock writes it"


def test_the_lock_of_an_office_is_up_to_date() -> None:
    assert WRITTEN.read_text() == runtime_lock(), AGAIN


def test_it_has_what_runs_and_nothing_that_only_tests_and_tools_need() -> None:
    names = {pin.name for pin in pins()}

    assert {requirement.name.lower() for requirement in direct()} <= names
    # Needed by what is needed.
    assert {"cffi", "jinja2", "mako", "psycopg-binary", "tinycss2"} <= names
    assert not {"pytest", "playwright", "mypy", "hatchling", "moto"} & names


def test_the_bill_of_materials_lists_every_package_with_its_hashes() -> None:
    document = json.loads(sbom())

    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    listed = {
        (each["name"], each["version"]): [
            one["hashes"][0]["content"] for one in each["externalReferences"]
        ]
        for each in document["components"]
    }
    assert listed.keys() == {(pin.name, pin.version) for pin in pins()}
    lock = runtime_lock()
    assert all(hashes and f"sha256:{hashes[0]}" in lock for hashes in listed.values())


def test_whatever_depends_on_something_is_listed_itself() -> None:
    document = json.loads(sbom())

    known = {each["bom-ref"] for each in document["components"]}
    known.add(document["metadata"]["component"]["bom-ref"])
    for each in document["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= known
