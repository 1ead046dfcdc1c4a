"""mgpk.claims: numbers, both verdicts, disagreements first, and no advice."""

import pickle
import re
import time

import pytest
import write_claims as writer

import mgpk
from mgpk.claiming import LITERATURE, VERDICTS


@pytest.fixture(scope="module")
def everything():
    return mgpk.claims(draws=0, progress=False)


def test_every_claim_is_answered_or_says_why_not(everything):
    assert len(everything) == 154
    testable = [claim for claim in everything if claim.testable == "yes"]
    assert len(testable) == 63
    assert all(claim.by is not None and claim.by.value == claim.by.value for claim in testable)
    assert all(claim.verdict != "not_testable" for claim in testable)
    partly = [claim for claim in everything if claim.testable == "partly"]
    assert len(partly) == 51
    assert sum(claim.by is not None for claim in partly) == 43
    assert all(claim.reason for claim in everything)
    assert all(claim.by is None for claim in everything if claim.testable == "no")


def test_verdicts_follow_from_the_numbers_by_the_rule(everything):
    for claim in everything:
        if claim.by is None or claim.by.how == "published":
            assert claim.verdict == "not_testable"
            continue
        low, high = claim.by.interval
        at_least, at_most = claim.holds
        holds = not low < at_least and not high > at_most
        assert (claim.verdict == "supported") == holds, claim.id


def test_disagreements_come_first_and_the_widest_first(everything):
    distances = [claim.distance for claim in everything]
    assert distances == sorted(distances, reverse=True)
    assert distances[0] == 3
    differ = everything.disagreements
    assert 0 < len(differ) < len(everything)
    assert [claim.id for claim in differ] == [c.id for c in everything[: len(differ)]]
    assert all(c.verdict != c.literature for c in differ)


def test_the_claims_that_began_it(everything):
    level = everything["A4-009"]
    assert level.by.value == pytest.approx(1.01, abs=0.02)
    assert level.verdict == level.literature == "contradicted"
    assert everything["A2-004"].verdict == "contradicted"  # it draws water
    assert everything["A3-028"].by.value == pytest.approx(400 * 0.14096, rel=1e-3)
    assert everything["A2-003"].by.value == pytest.approx(6.177 * 300, rel=1e-3)
    assert everything["A2-020"].by.how == "published"
    assert everything["A2-020"].verdict == "not_testable"


def test_filters_choose_before_and_after_the_runs():
    some = mgpk.claims(article="A4", domain="absorption", draws=0, progress=False)
    assert {claim.article for claim in some} == {"A4"}
    assert {claim.domain for claim in some} == {"absorption"}
    contradicted = mgpk.claims(
        article="A4", domain="absorption", verdict="contradicted", draws=0, progress=False
    )
    assert {claim.verdict for claim in contradicted} == {"contradicted"}
    assert len(contradicted) < len(some)
    assert len(mgpk.claims(article="A4", domain="sleep", draws=0)) == 0
    silent = mgpk.claims(article="A1", literature="not_checked", testable="no", draws=0)
    assert [claim.id for claim in silent] == ["A1-003"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"article": "A9"}, "article"),
        ({"domain": "liver"}, "domain"),
        ({"verdict": "true"}, "verdict"),
        ({"literature": "not_testable"}, "literature"),
        ({"draws": -1}, "draws must lie between"),
        ({"n_threads": -1}, "n_threads must not be negative"),
        ({"seed": -2}, "seed must not be negative"),
        ({"parameters": {"tm_mmol_per_L": 9.0}}, "tm_mmol_per_L"),
    ],
)
def test_bad_words_are_refused(arguments, told):
    with pytest.raises(ValueError, match=told):
        mgpk.claims(article=arguments.pop("article", "A1"), **arguments)


def test_other_constants_reach_the_numbers():
    def water(**parameters):
        return mgpk.claims(
            article="A2", domain="safety", draws=0, parameters=parameters, progress=False
        )["A2-004"].by.value

    assert water(stool_water_g_per_mmol=10.0) == pytest.approx(water() * 10 / 7.3, rel=1e-6)


def test_the_same_seed_gives_the_same_intervals_on_any_number_of_threads():
    def interval(**options):
        claims = mgpk.claims(article="A1", domain="regimen", draws=3, progress=False, **options)
        return claims["A1-022"].by.interval

    assert interval(n_threads=1) == interval(n_threads=2)
    assert interval() != interval(seed=2)


def test_a_table_carries_the_words_of_every_output(everything):
    frame = everything.to_pandas()
    assert list(frame["id"]) == [claim.id for claim in everything]
    assert frame.attrs["disclaimer"] == mgpk.disclaimer
    assert set(frame["verdict"]) <= set(VERDICTS)
    assert set(frame["literature"]) <= set(LITERATURE)
    assert sum(sum(row.values()) for row in everything.counts.values()) == 154
    assert "not medical advice" in everything._repr_html_()


def test_claims_pickle(everything):
    some = everything[:5]
    again = pickle.loads(pickle.dumps(some))
    assert again == some and again[0].by.interval == some[0].by.interval
    assert "differ" in repr(some) and some[0].id in repr(some[0])


def test_the_page_loads_nothing_and_says_its_words(everything, tmp_path):
    text = everything.to_page(tmp_path / "claims.html").read_text(encoding="utf-8")
    assert "not medical advice" in text
    assert not re.search(r'(src|href)="(?!data:|#)', text)
    assert text.index("Where model and literature differ") < text.index("Absorption")
    assert all(f'id="{claim.id}"' in text for claim in everything)


def test_no_sentence_gives_advice(everything):
    """The reasons and meanings are ours; the claims themselves are quotations."""
    ours = [claim.reason for claim in everything]
    ours += [claim.limits for claim in everything]
    ours += [by.meaning for c in everything for by in (*([c.by] if c.by else []), *c.also)]
    for sentence in ours:
        assert not re.search(r"\b(you|your|should|must|avoid|recommend|take)\b", sentence.lower()), sentence


def test_the_figure_shows_numbers_against_limits(everything):
    figure = everything.plot()
    titles = [axes.get_title(loc="left") for part in figure.subfigs for axes in part.axes]
    assert "Verdicts" in titles and "One over the other" in titles
    assert any("not medical advice" in text.get_text().replace("\n", " ") for text in figure.texts)


def test_the_page_is_current():
    current = writer.page(mgpk.claims(progress=False))
    drift = writer.drift(writer.PAGE.read_text(encoding="utf-8"), current)
    assert not drift, "run python tools/write_claims.py\n" + "\n".join(drift)


def test_all_claims_are_answered_with_their_intervals_in_ten_seconds_of_one_core():
    def used_s():
        start = time.process_time()
        mgpk.claims(n_threads=1, progress=False)
        return time.process_time() - start

    assert used_s() < 10 or used_s() < 10  # once more, where the machine was busy
