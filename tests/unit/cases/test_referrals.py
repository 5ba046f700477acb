"""Who else can help is complete: every subject, body and language, and no addresses."""

import re

import pytest

from cases.domain.referrals import ReferralKind, of_kinds, referrals
from cases.domain.registry import LANGUAGES, Certainty

# Those whom the page promises by name in its questions.
PROMISED = {"police", "justice", "federal", "flanders", "finance", "energy", "telecom", "rail"}
EXCLUDED_FROM_REPORTS = {"work-harassment", "work-discrimination", "work-dispute"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_and_body_has_its_words(language: str) -> None:
    for referral in referrals():
        for text in (referral.subject(language), referral.body(language)):
            assert text, referral.id
            assert text == text.strip(), referral.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_stands_once_in_each_list(language: str) -> None:
    for kind in ReferralKind:
        subjects = [referral.subject(language) for referral in of_kinds(kind)]
        assert len(set(subjects)) == len(subjects) > 0


def test_ids_are_unique_and_every_kind_is_in_some_list() -> None:
    ids = [referral.id for referral in referrals()]

    assert len(set(ids)) == len(ids) == 32
    assert set(of_kinds(*ReferralKind)) == set(referrals())


def test_the_bodies_that_the_questions_name_are_there() -> None:
    assert {each.id for each in of_kinds(ReferralKind.COMPLAINT)} >= PROMISED | {"post", "eu"}
    assert {each.id for each in of_kinds(ReferralKind.WORK)} == EXCLUDED_FROM_REPORTS


def test_nothing_uncertain_is_told_to_people() -> None:
    assert Certainty.UNCERTAIN not in {referral.certainty for referral in referrals()}


def test_bodies_are_names_and_not_addresses_that_go_out_of_date() -> None:
    for referral in referrals():
        for language in LANGUAGES:
            assert not re.search(r"https?:|www\.|\.be\b|@", referral.body(language)), referral.id


def test_an_unknown_language_gets_the_english_words() -> None:
    (police,) = (each for each in referrals() if each.id == "report-police")

    assert police.subject("pt") == "The police"
    assert police.body("pt") == "Committee P (Comité P)"
