"""All salts head to head: what is equal is equal, what differs differs for the right reason."""

import inspect
import pickle
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from matplotlib import pyplot

import mgpk
from mgpk import Subject, head_to_head
from mgpk._tablets import TABLETS
from mgpk.side_by_side_tables import given, numbers, span_in_words, tablets

SALTS = ["sulfate", "oxide", "glycinate", "citrate", "acetate", "hydroxide"]
SOLUBLE = ["sulfate", "glycinate", "citrate", "acetate"]
BASES = ["elemental_dose", "salt_mass", "tablets"]
CONDITIONS = [(m, a) for a in ("normal", "blocked") for m in ("fasted", "fed")]
ABSORBED = "a_absorbed_above_baseline_mmol"
MG_PER_MMOL = 24.305
#: Names of places from which a browser would load something.
PLACES = ("src", "srcset", "href", "data", "poster", "action", "xlink:href")


@pytest.fixture(scope="module")
def result():
    return head_to_head(salts=SALTS)


@pytest.fixture(scope="module")
def with_bands():
    return head_to_head(
        salts=["citrate", "acetate", "oxide"],
        salt_mg=None,
        n_tablets=None,
        meals=["fasted"],
        n_draws=5,
        seed=3,
    )


def lines(result, basis, meal="fasted", acid="normal"):
    return {row["salt"]: row for row in result.cell(basis, meal, acid)}


def test_every_salt_on_every_basis_in_every_condition(result):
    keys = [(r["basis"], r["meal"], r["acid"], r["salt"]) for r in result.rows]
    assert keys == [(b, m, a, s) for b in BASES for m, a in CONDITIONS for s in SALTS]
    assert len(result) == 72 and result.failures == []
    assert result.conditions == CONDITIONS


def test_all_salts_unless_some_are_named():
    short = head_to_head(n_tablets=None, salt_mg=None, meals=["fed"], acid=["normal"], follow_h=24)
    known = list(dict.fromkeys(mgpk.salts()["salt"]))
    assert [row["salt"] for row in short.rows] == known and len(known) == 16


def test_equal_magnesium_is_the_same_dose(result):
    for meal, acid in CONDITIONS:
        for row in result.cell("elemental_dose", meal, acid):
            assert row["elemental_mg"] == 300.0
            assert row["dose_mmol"] == pytest.approx(300.0 / MG_PER_MMOL, rel=1e-12)


def test_equal_mass_is_that_of_the_salt_with_its_water(result):
    table = mgpk.salts().set_index(["salt", "hydrate"])["f_magnesium"]
    for row in result.cell("salt_mass", "fed", "blocked"):
        assert row["salt_mg"] == 1000.0
        share = table[(row["salt"], row["hydrate"])]
        assert row["elemental_mg"] == pytest.approx(1000.0 * share, rel=1e-12)
        assert row["dose_mmol"] == pytest.approx(1000.0 * share / MG_PER_MMOL, rel=1e-12)
    doses = lines(result, "salt_mass")
    assert doses["oxide"]["dose_mmol"] > 4 * doses["glycinate"]["dose_mmol"]


def test_tablets_hold_what_their_table_says(result):
    table = {tablet.salt: tablet for tablet in TABLETS}
    for row in result.cell("tablets", "fasted", "normal"):
        tablet = table.get(row["salt"], table["other"])
        mass = row["elemental_mg"] if tablet.of == "magnesium" else row["salt_mg"]
        assert mass == pytest.approx(tablet.strength_mg, rel=1e-12)
        assert row["amount_kind"] == tablet.kind
    assert lines(result, "tablets")["glycinate"]["amount_kind"] == "assumed"
    assert lines(result, "tablets")["hydroxide"]["amount_kind"] == "measured"
    assert result.tablets["oxide"].reference == "Karagulle2006"
    two = head_to_head(
        salts=["oxide"], elemental_mg=None, salt_mg=None, n_tablets=2, follow_h=12, acid=["normal"]
    )
    assert two.rows[0]["elemental_mg"] == 2 * lines(result, "tablets")["oxide"]["elemental_mg"]


def test_amounts_fractions_and_parts_belong_together(result):
    for row in result.rows:
        share = row["f_absorbed_above_baseline"]
        assert share * row["dose_mmol"] == pytest.approx(row[ABSORBED], rel=1e-12)
        assert row["f_excreted"] * row["dose_mmol"] == pytest.approx(row["ae_mmol"], rel=1e-12)
        # Food's magnesium gives way to the dose, so the gain is less than what the dose brings.
        assert 0 < row["ae_mmol"] < row[ABSORBED] < row["f_absorbed"] * row["dose_mmol"]
        assert row["f_absorbed"] < 1 and row["stool_water_g"] > 0


def test_the_numbers_are_those_of_compare(result):
    (wanted,) = mgpk.compare(["oxide"], elemental_mg=300, at_h=8, with_meal=True).rows
    found = lines(result, "elemental_dose", "fed")["oxide"]
    for key in ("dose_mmol", "f_absorbed", "ae_mmol", "stool_water_g"):
        assert found[key] == pytest.approx(wanted[key], rel=1e-7), key
    parts = ("a_absorbed_mmol", "a_feces_dissolved_mmol", "a_feces_solid_mmol", "a_in_gut_mmol")
    assert sum(wanted[part] for part in parts) == pytest.approx(found["dose_mmol"], rel=1e-8)


def test_glycine_by_its_stoichiometry(result):
    for basis in BASES:
        for salt, row in lines(result, basis).items():
            per_mg = row["glycine_mg"] / row["elemental_mg"]
            wanted = 2 * 75.067 / MG_PER_MMOL if salt == "glycinate" else 0.0
            assert per_mg == pytest.approx(wanted, rel=1e-9)
    assert round(2 * 75.067 / MG_PER_MMOL, 3) == 6.177


def test_blocked_acid_is_felt_by_oxide_and_hardly_by_glycinate(result):
    for meal in ("fasted", "fed"):
        normal = lines(result, "elemental_dose", meal)
        blocked = lines(result, "elemental_dose", meal, "blocked")
        left = {salt: blocked[salt][ABSORBED] / normal[salt][ABSORBED] for salt in SALTS}
        assert left["oxide"] < 0.6
        assert left["hydroxide"] < 0.75
        assert 0.9 < left["glycinate"] < 1
        assert left["citrate"] == pytest.approx(left["glycinate"], rel=1e-6)


def test_glycinate_does_not_feel_the_acid_at_all_where_the_blocker_spares_the_uptake(result):
    # What it loses with the modifier is the linear uptake, which falls besides.
    spared = Subject(f_acid_secreted=0.1)
    (row,) = head_to_head(
        spared,
        salts=["glycinate"],
        salt_mg=None,
        n_tablets=None,
        meals=["fasted"],
        acid=["normal"],
    ).rows
    own = lines(result, "elemental_dose")["glycinate"]
    assert row[ABSORBED] == pytest.approx(own[ABSORBED], rel=1e-6)


def test_a_meal_helps_oxide_by_its_acid_and_takes_from_soluble_salts(result):
    fasted, fed = (lines(result, "elemental_dose", meal) for meal in ("fasted", "fed"))
    assert fed["oxide"][ABSORBED] > 1.2 * fasted["oxide"][ABSORBED]
    assert fed["glycinate"][ABSORBED] < fasted["glycinate"][ABSORBED]
    assert fed["glycinate"]["f_absorbed"] > fasted["glycinate"]["f_absorbed"]


def test_soluble_salts_draw_the_same_water_per_unabsorbed_millimole(result):
    per_mmol = mgpk.parameter("stool_water_g_per_mmol").value

    def drawn(row):
        return row["stool_water_g"] / (row["dose_mmol"] - row[ABSORBED])

    for meal, acid in CONDITIONS:
        rows = lines(result, "elemental_dose", meal, acid)
        for salt in SOLUBLE:
            assert drawn(rows[salt]) == pytest.approx(drawn(rows["glycinate"]), rel=1e-3), salt
        assert drawn(rows["oxide"]) < 0.9 * per_mmol  # what never dissolves draws none
    # A little more than the constant: what was absorbed is in part secreted again.
    for row in result.rows:
        if row["salt"] in SOLUBLE:
            assert per_mmol < drawn(row) < 1.04 * per_mmol, row


def test_salts_are_sorted_by_the_first_condition_and_stay_there(result):
    for basis in BASES:
        first = result.cell(basis, *CONDITIONS[0])
        amounts = [row[ABSORBED] for row in first]
        assert np.all(np.diff(amounts) < 1e-6)
        for condition in CONDITIONS[1:]:
            order = [row["salt"] for row in result.cell(basis, *condition)]
            assert order == [row["salt"] for row in first]
    # Salts that are alike stand by name.
    order = [row["salt"] for row in result.cell("elemental_dose", *CONDITIONS[0])]
    assert order == ["acetate", "citrate", "glycinate", "sulfate", "hydroxide", "oxide"]


def test_fasted_is_two_hours_before_the_first_meal_also_after_midnight():
    assert (
        "fasted: at 6 h, 11 h after the last meal"
        in head_to_head(
            salts=["oxide"], salt_mg=None, n_tablets=None, acid=["normal"], follow_h=12
        ).words
    )
    early = Subject(meals_at_h=[1, 12, 18])
    words = head_to_head(
        early, salts=["oxide"], salt_mg=None, n_tablets=None, acid=["normal"], follow_h=12
    ).words
    assert "fasted: at 23 h, 5 h after the last meal" in words and "with a meal: at 1 h" in words


def test_a_hydrate_can_be_chosen_and_an_alias_brings_its_own():
    rows = head_to_head(
        salts={"citrate": "nonahydrate", "epsom salt": None},
        elemental_mg=None,
        n_tablets=None,
        meals=["fed"],
        acid=["normal"],
        follow_h=12,
    ).rows
    assert [(row["salt"], row["hydrate"]) for row in rows] == [
        ("citrate", "nonahydrate"),
        ("sulfate", "heptahydrate"),
    ]
    assert rows[0]["elemental_mg"] == pytest.approx(1000 * 3 * MG_PER_MMOL / 613.25, rel=1e-4)


def test_threads_do_not_change_a_number(result):
    one = head_to_head(salts=SALTS, elemental_mg=None, n_tablets=None, n_threads=1)
    assert one.rows == [row for row in result.rows if row["basis"] == "salt_mass"]


def test_bands_hold_the_draws_and_are_shared_by_salts_that_act_alike(with_bands):
    usual, oxide = (lines(with_bands, "elemental_dose")[salt] for salt in ("acetate", "oxide"))
    citrate = lines(with_bands, "elemental_dose")["citrate"]
    names = ("a_absorbed_above_baseline_{}_mmol", "ae_{}_mmol", "stool_water_{}_g")
    for row in with_bands.rows:
        for name in names:
            assert 0 < row[name.format("low")] < row[name.format("high")]
    # Citrate has a ligand that may hold magnesium back in some draws; acetate has none.
    assert citrate[ABSORBED] == pytest.approx(usual[ABSORBED], rel=1e-7)
    assert citrate[names[0].format("low")] <= usual[names[0].format("low")]
    assert oxide[names[0].format("high")] < usual[names[0].format("high")]
    run = mgpk.simulate(
        plan=mgpk.Schedule().oral("acetate", elemental_mg=300, at_h=6), times_h=[0, 174]
    )
    numbers_of = run.bands(n=5, seed=3, progress=False).numbers["ae_mmol"]
    assert usual["ae_low_mmol"] == pytest.approx(np.quantile(numbers_of, 0.05), rel=1e-6)
    assert usual["ae_high_mmol"] == pytest.approx(np.quantile(numbers_of, 0.95), rel=1e-6)


def test_progress_rises_to_the_end(with_bands):
    seen = []
    head_to_head(
        salts=["oxide"],
        salt_mg=None,
        n_tablets=None,
        acid=["normal"],
        follow_h=12,
        n_draws=2,
        progress=seen.append,
    )
    assert seen == sorted(seen) and seen[-1] == pytest.approx(1.0) and min(seen) >= 0


def test_frame_and_words(result, with_bands):
    frame = result.to_pandas()
    assert len(frame) == 72 and not frame.isna().any().any()
    assert frame.attrs["disclaimer"] == mgpk.disclaimer
    assert frame.attrs["doses"] == result.words
    assert "ae_low_mmol" in with_bands.to_pandas().columns
    assert "ae_low_mmol" not in frame.columns
    for column in frame.columns.drop(
        ["basis", "meal", "acid", "salt", "hydrate", "amount_kind", "failure"]
    ):
        assert column.startswith("f_") or column.endswith(("_mg", "_mmol", "_g")), column


def test_text_html_and_pickle(result):
    for text in (repr(result), result._repr_html_()):
        assert mgpk.disclaimer in text
        assert "Equal magnesium: 300 mg of magnesium as each salt" in text
        assert "with a meal, acid blocked" in text
    twin = pickle.loads(pickle.dumps(result))
    assert twin.rows == result.rows and twin.words == result.words
    assert repr(twin) == repr(result)


def test_what_the_blocker_changes_is_said_with_its_source(result):
    assert [words.split(" (")[0] for words in result.blocker] == [
        "secretion of acid times 0.1",
        "linear uptake in the gut times 0.77",
    ]
    assert "omeprazole" in result.blocker[0] and "0.02 to 0.3" in result.blocker[0]


def test_tables_of_text(result):
    heads, rows = given(result, "tablets")
    assert len(heads) == 6 and len(rows) == len(SALTS)
    assert rows[[row[0] for row in rows].index("glycinate\u00a0*")][-1] == "435"
    heads, rows = numbers(result, "elemental_dose", "fasted", "normal")
    assert [len(row) for row in rows] == [len(heads)] * len(SALTS)
    assert tablets(result).rows[-1][0] == "glycinate, acetate" or "acetate, glycinate" in str(
        tablets(result).rows[-1][0]
    )
    span = span_in_words(result.cell("elemental_dose", "fasted", "normal"), ABSORBED, "{:.2f}")
    assert re.fullmatch(r"0\.\d\d \(oxide\) to 1\.\d\d \(acetate and 2 more\)", span)


def test_the_picture_shows_every_number_once(result):
    figure = result.plot()
    figure.canvas.draw()
    bars = [axes for axes in figure.axes if axes.get_xlabel() == "magnesium, mmol"]
    water = [axes for axes in figure.axes if axes.get_xlabel() == "water, g"]
    assert len(bars) == len(water) == 12
    assert len({axes.get_xlim() for axes in bars}) == len({axes.get_xlim() for axes in water}) == 1
    cells = [result.cell(basis, *condition) for basis in BASES for condition in CONDITIONS]
    for axes, drops, rows in zip(bars, water, cells, strict=True):
        widths = [patch.get_width() for patch in axes.patches]
        assert widths == [row[ABSORBED] for row in rows] + [row["ae_mmol"] for row in rows]
        (points,) = drops.get_lines()
        assert list(points.get_xdata()) == [row["stool_water_g"] for row in rows]
        shares = [text.get_text() for text in axes.texts]
        assert shares[:-1] == [f"{100 * r['f_absorbed_above_baseline']:.0f} %" for r in rows]
    words = re.sub(r"\s+", " ", figure.get_supxlabel())
    assert mgpk.disclaimer in words
    page = figure.bbox
    for axes in figure.axes:
        box = axes.get_tightbbox()
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1
    pyplot.close(figure)


def test_bands_are_drawn_where_there_are_any(with_bands):
    figure = with_bands.plot(title="two conditions")
    assert figure.get_suptitle() == "two conditions"
    first = figure.axes[1]
    spans = [tuple(line.get_xdata()) for line in first.get_lines()]
    rows = with_bands.cell("elemental_dose", "fasted", "normal")
    names = [f"a_absorbed_above_baseline_{end}_mmol" for end in ("low", "high")]
    assert spans == [tuple(row[name] for name in names) for row in rows]
    pyplot.close(figure)


def test_a_small_picture_cuts_nothing_off(with_bands):
    one = head_to_head(
        salts=["glycinate"], salt_mg=None, meals=["fed"], acid=["normal"], follow_h=24, n_draws=2
    )
    for result in (one, with_bands):
        figure = result.plot()
        figure.canvas.draw()
        words = [text for part in figure.subfigs for text in (part._suptitle,) if text]
        words += figure.subfigs[0].legends[0].get_texts()
        for axes in figure.axes:
            words += [*axes.texts, axes.xaxis.label, axes._left_title]
        boxes = [text.get_window_extent() for text in words if text.get_text()]
        assert len(boxes) > 10
        for box in boxes:
            assert -1 <= box.x0 and box.x1 <= figure.bbox.x1 + 1, box
            assert -1 <= box.y0 and box.y1 <= figure.bbox.y1 + 1, box
        pyplot.close(figure)


class Reader(HTMLParser):
    """The visible text of a page, what it would load, and its pictures."""

    def __init__(self):
        super().__init__()
        self.text, self.loads, self.images, self.tables = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        given_here = dict(attrs)
        self.loads += [given_here[place] for place in PLACES if place in given_here]
        assert tag not in ("script", "link", "iframe", "object", "embed", "a")
        self.images += [given_here] if tag == "img" else []
        self.tables += tag == "table"

    def handle_data(self, data):
        self.text.append(data)


def test_the_page_stands_alone_and_says_what_it_must(with_bands, tmp_path):
    path = with_bands.to_page(tmp_path / "new" / "page.html")
    html = path.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(html)
    text = re.sub(r"\s+", " ", " ".join(reader.text))
    assert text.count(mgpk.disclaimer) == 2, "above and below"
    assert "assumption, not a finding" in text and "middle 90 % of 5" in text
    assert "Equal magnesium: 300 mg of magnesium as each salt" in text
    assert "omeprazole" in text and "Blocked acid changes the person" in text
    assert all(place.startswith("data:image/svg+xml;base64,") for place in reader.loads)
    assert "url(" not in html and "@import" not in html and "http-equiv" not in html
    assert len(reader.images) == 2 and all(len(image["alt"]) > 60 for image in reader.images)
    assert reader.tables == 3
    assert "What one tablet" not in text, "no tablets were compared"
    for word in ("best", "recommend", "should", "superior", "better"):
        assert not re.search(rf"\b{word}\b", " ".join(reader.text), re.IGNORECASE), word


def test_the_page_names_what_a_tablet_rests_on(result, tmp_path):
    html = result.to_page(tmp_path / "page.html", title="Six salts").read_text(encoding="utf-8")
    assert "<h1>Six salts</h1>" in html
    assert "Dolberg" in html and "assumed" in html and "What one tablet or capsule holds" in html


def test_the_stored_page_says_what_the_model_says():
    import write_head_to_head as writer

    found = writer.drift(writer.PAGE.read_text(encoding="utf-8"), writer.page(head_to_head()))
    assert not found, "run python tools/write_head_to_head.py\n" + "\n".join(found)


def call(**options):
    return lambda: head_to_head(**{"salts": ["oxide"], "follow_h": 1, **options})


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (call(salts=["oxyde"]), mgpk.UnknownNameError, 'did you mean "oxide"?'),
        (call(salts="oxide"), TypeError, "salts must be a list, but it is"),
        (call(salts=[]), ValueError, "salts must hold at least one salt"),
        (call(salts=[5]), TypeError, "salt must be a text, but it is 5"),
        (
            call(salts=["oxide", "magnesia"]),
            ValueError,
            'each salt must come once, but it is "oxide"',
        ),
        (call(salts={"oxide": "wet"}), mgpk.UnknownNameError, "hydrate of oxide must be one of"),
        (call(salts={"oxide": 5}), TypeError, "hydrate must be a text, but it is 5"),
        (call(elemental_mg=-1), ValueError, "elemental_mg must be finite and positive"),
        (
            call(salt_mg=float("nan")),
            ValueError,
            "salt_mg must be finite and positive, but it is nan",
        ),
        (call(n_tablets="two"), TypeError, 'n_tablets must be a number, but it is "two"'),
        (call(elemental_mg=9000), ValueError, "but it is 9000"),
        (
            call(elemental_mg=None, salt_mg=None, n_tablets=None),
            ValueError,
            "a head to head needs elemental_mg, salt_mg or n_tablets",
        ),
        (call(meals=["hungry"]), ValueError, 'meals must be a known word, but it is "hungry"'),
        (call(meals="fed"), TypeError, "meals must be a list"),
        (call(acid=[]), ValueError, "acid must hold one at least, but it is empty"),
        (call(follow_h=0), ValueError, "follow_h must be finite and positive, but it is 0"),
        (call(n_draws=-3), ValueError, "n must be at least 1"),
        (call(n_threads=0), ValueError, "n_threads must be at least 1"),
        (call(doses=3), TypeError, "each keyword of head_to_head must be one that it knows"),
        (
            call(subject=Subject(modifiers=["h2_blocker"])),
            ValueError,
            'must come without an acid blocker, but it is "h2_blocker"; leave it out',
        ),
        (call(subject="me"), TypeError, "subject must be a Subject"),
    ],
)
def test_errors_say_rule_value_and_what_to_do(call, error, message):
    with pytest.raises(error, match=re.escape(message)):
        call()


def test_a_cell_that_was_not_run_is_refused(with_bands):
    with pytest.raises(ValueError, match="basis must be a known word"):
        with_bands.cell("tablets", "fasted", "normal")
    with pytest.raises(ValueError, match="a condition must have been run, but it is fed, normal"):
        with_bands.cell("elemental_dose", "fed", "normal")


def test_numbers_come_by_keyword():
    assert list(inspect.signature(head_to_head).parameters)[0] == "subject"
    with pytest.raises(TypeError, match="takes its numbers by keyword"):
        head_to_head(Subject(), ["oxide"])
