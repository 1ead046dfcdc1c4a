"""The page stands alone and says what it must; the demo's tables are tidy."""

import base64
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas
import pytest
from matplotlib import pyplot

import mgpk
from mgpk.fates import PARTS, fates, plot_fates
from mgpk.page import LIMITS, write_page

SALTS = ["glycinate", "citrate", "oxide", "sulfate"]
PLACES = ["src", "srcset", "href", "data", "poster", "action", "xlink:href"]
DEMO = Path(__file__).parents[2] / "examples" / "demo.py"


class Reader(HTMLParser):
    """Collects the visible text, and every place from which a browser would load something."""

    VOID = ("meta", "img", "br", "link", "input")

    def __init__(self):
        super().__init__()
        self.text, self.loads, self.images, self.styles, self.open = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.loads += [given[place] for place in PLACES if place in given]
        if tag == "img":
            self.images.append(given)
        assert tag not in ("script", "link", "iframe", "object", "embed")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        (self.styles if self.open[-1:] == ["style"] else self.text).append(data)


def read(path):
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    assert reader.open == [], "every element is closed"
    return reader


@pytest.fixture(scope="module")
def comparisons():
    persons = {
        "reference adult": mgpk.Subject(),
        "GFR 25 mL/min": mgpk.Subject(gfr_mL_per_min=25),
    }
    return {
        name: mgpk.compare(SALTS, elemental_mg=300, subject=person, until_h=72)
        for name, person in persons.items()
    }


@pytest.fixture(scope="module")
def page(comparisons, tmp_path_factory):
    return read(write_page(tmp_path_factory.mktemp("page") / "new" / "page.html", comparisons))


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    result = subprocess.run([sys.executable, DEMO], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return folder / "out" / "demo", result.stdout


def test_parts_of_a_dose_add_up_to_it(comparisons):
    for comparison in comparisons.values():
        for row in fates(comparison):
            assert sum(row[part] for part in PARTS) == pytest.approx(row["dose_mmol"], rel=1e-9)
            absorbed = ("ae", "a_kept", "a_returned", "a_displaced")
            total = sum(row[f"{part}_mmol"] for part in absorbed)
            assert total == pytest.approx(row["a_absorbed_mmol"], rel=1e-9)
            assert row["a_displaced_mmol"] > 0, "a dose with a meal competes with the meal"


def test_low_filtration_keeps_more(comparisons):
    healthy, ill = (fates(comparison) for comparison in comparisons.values())
    for one, two in zip(healthy, ill, strict=True):
        assert two["a_kept_mmol"] > 1.5 * one["a_kept_mmol"]
        assert two["ae_mmol"] < one["ae_mmol"]


def test_nothing_is_loaded_from_elsewhere(page):
    assert page.loads, "pictures are in the page"
    for place in page.loads:
        assert place.startswith("data:image/svg+xml;base64,"), place[:80]
    for style in page.styles:
        assert "url(" not in style and "@import" not in style
    for image in page.images:
        svg = base64.b64decode(image["src"].partition(",")[2]).decode()
        assert svg.rstrip().endswith("</svg>")
        inner = re.findall(r'(?:href|src)="([^"]*)"', svg)
        assert all(place.startswith("#") for place in inner), inner
        assert "prefers-color-scheme" in svg and "#010203" not in svg
        assert image["alt"].endswith("mmol/L, with each salt and without")


def test_page_says_what_it_must(page):
    text = " ".join(" ".join(page.text).split())
    assert text.count(mgpk.disclaimer) == 2
    for words in [*SALTS, *LIMITS, mgpk.__version__, "reference adult", "GFR 25 mL/min"]:
        assert words in text, words
    for unit in ("mmol/L", "mmol", "% of the dose", "mL/min", " g ", "mg"):
        assert unit in text, unit
    assert "weight_kg = 70 (reference adult)" in text
    for line in mgpk.cite().splitlines():
        assert " ".join(line.split()) in text, line


def test_table_holds_the_numbers_of_the_runs(page, comparisons):
    text = "|".join(page.text)
    rows = fates(comparisons["reference adult"])
    water = "|".join(f"{row['stool_water_g']:.0f}" for row in rows)
    assert f"stool water above the baseline, |g|{water}" in text
    absorbed = "|".join(f"{100 * row['f_absorbed']:.1f}" for row in rows)
    assert f"absorbed (one-way), |% of the dose|{absorbed}" in text


def test_only_low_filtration_is_said_to_be_untested(page):
    sections = " ".join(page.text).split("by mouth at 8 h, with a meal; followed")
    assert len(sections) == 3
    assert "no figure tests a dose at a low GFR" not in sections[1]
    assert "no figure tests a dose at a low GFR" in sections[2]


def test_no_sentence_advises(page, demo):
    said = " ".join([*page.text, demo[1]]).replace(mgpk.disclaimer, "").lower()
    for word in (" safe", "recommend", "should", "works", "effective", "better", "best "):
        assert word not in said, word


def test_one_comparison_needs_no_heading(comparisons, tmp_path):
    comparison = comparisons["reference adult"]
    reader = read(write_page(tmp_path / "one.html", comparison, title="<One> & only", limits=["x"]))
    assert reader.text.count("<One> & only") == 2
    assert comparison.words in reader.text


def test_pictures_are_labelled_and_alike_curves_share_a_line(comparisons):
    figure = plot_fates(comparisons)
    figure.canvas.draw()
    bars, plasma = figure.axes[0], figure.axes[3]
    assert bars.get_xlabel() == "share of the dose, %"
    assert plasma.get_ylabel() == "total magnesium, mmol/L"
    labels = [text.get_text() for text in plasma.get_legend().get_texts()]
    assert labels == ["glycinate, citrate", "oxide", "sulfate", "baseline"]
    assert " ".join(figure.get_supxlabel().split()).endswith(mgpk.disclaimer)
    page = figure.bbox
    for axes in figure.axes:
        box = axes.get_tightbbox()
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1 and box.y0 >= page.y0 - 1
    pyplot.close(figure)


def test_long_runs_show_one_value_a_day():
    comparison = mgpk.compare(
        ["citrate"], elemental_mg=300, every_h=24, times=6, until_h=144, output_every_h=1
    )
    figure = plot_fates({"one": comparison})
    curve = figure.axes[2].get_lines()[0]
    run = comparison.runs["citrate"]
    np.testing.assert_allclose(curve.get_xdata(), np.arange(6) + 8 / 24)
    np.testing.assert_array_equal(curve.get_ydata(), run["c_plasma_total_mmol_per_L"][8::24])
    pyplot.close(figure)


def test_demo_writes_tidy_tables(demo):
    folder, _ = demo
    frame = pandas.read_csv(folder / "compare.csv", comment="#")
    assert len(frame) == 16 and not frame.isna().any().any()
    assert not frame.duplicated(["regimen", "person", "salt"]).any()
    assert frame["salt"].tolist() == SALTS * 4
    for column in frame.columns.drop(["regimen", "person", "salt"]):
        unit = column.startswith("f_") or column.endswith(("_mmol", "_g", "_h", "_L", "_min"))
        assert unit, f"{column} names its unit"
        assert pandas.api.types.is_numeric_dtype(frame[column]), column
    curves = pandas.read_csv(folder / "curves.csv", comment="#")
    assert not curves.duplicated(["regimen", "person", "salt", "time_h"]).any()
    assert not curves.isna().any().any()
    assert sorted(curves["salt"].unique()) == sorted(SALTS)


def test_everything_the_demo_writes_carries_the_words(demo):
    from PIL import Image

    folder, printed = demo
    assert mgpk.disclaimer in printed and mgpk.__version__ in printed
    for name in ("compare.csv", "curves.csv"):
        comment = [line for line in (folder / name).read_text().splitlines() if line[:1] == "#"]
        assert comment[0] == f"# {mgpk.disclaimer}"
        assert any(mgpk.__version__ in line for line in comment)
        assert any("assumed: weight_kg = 70" in line for line in comment)
        assert f"# {mgpk.cite().splitlines()[0]}" in comment
    for name in ("compare.png", "four_weeks.png"):
        with Image.open(folder / name) as picture:
            assert mgpk.disclaimer in picture.text["Description"]
    assert mgpk.disclaimer in (folder / "index.html").read_text(encoding="utf-8")
    for name in ("compare.csv", "compare.png", "four_weeks.png", "index.html"):
        assert name in printed


def test_demo_prints_the_numbers_of_its_table(demo):
    folder, printed = demo
    frame = pandas.read_csv(folder / "compare.csv", comment="#")
    lines = [
        line.split() for line in printed.splitlines() if line.split()[:1] in [[s] for s in SALTS]
    ]
    assert len(lines) == len(frame)
    for words, (_, row) in zip(lines, frame.iterrows(), strict=True):
        assert words[0] == row["salt"]
        assert float(words[2]) == pytest.approx(100 * row["f_absorbed"], abs=0.06)
        assert float(words[4]) == pytest.approx(row["ae_mmol"], abs=0.006)
