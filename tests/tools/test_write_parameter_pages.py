"""The pages of docs/parameters/ are what the tables and the model say."""

import pytest
import write_parameter_pages as writer

import mgpk


@pytest.fixture(scope="module")
def current():
    return writer.pages()


def stored():
    return {path.name: path.read_text(encoding="utf-8") for path in writer.PAGES.glob("*.md")}


def test_the_pages_are_current(current):
    found = writer.problems(stored(), current)
    assert not found, "run python tools/write_parameter_pages.py\n" + "\n".join(found)


def test_each_number_has_a_page_that_says_where_it_is_from(current):
    rows = [mgpk.parameter(key) for key in mgpk.parameters()["key"]]
    assert set(current) == {"README.md", *(f"{row.key}.md" for row in rows)}
    for row in rows:
        text = current[f"{row.key}.md"]
        assert row.citation in text and row.note in text and writer.KINDS[row.kind] in text
        assert f"]({row.key}.md)" in current["README.md"]
        for target in writer.links(text):
            assert (writer.PAGES / target).exists(), f"{row.key}: {target}"


def test_a_number_that_matters_moves_something(current):
    assert "plasma before breakfast" in current["tm_mmol_per_L.md"]
    assert "into a muscle" in current["f_im.md"] and "before breakfast" not in current["f_im.md"]
    assert "as oxide" in current["acid_half_mmol.md"] and "citrate" not in current["acid_half_mmol.md"]
    assert "no range" in current["gfr_formula_female.md"]


def test_a_page_that_says_something_else_is_found(current):
    page = current["tm_mmol_per_L.md"]
    spoilt = {**current, "tm_mmol_per_L.md": page.replace("| kidney |", "| gut |")}
    assert writer.problems(spoilt, current) == [
        "docs/parameters/tm_mmol_per_L.md does not say what the tables say"
    ]
    head, heading, moved = page.partition(writer.COMPUTED)
    lines = moved.splitlines(keepends=True)
    row = next(i for i, line in enumerate(lines) if line.startswith("| plasma before breakfast"))
    cells = lines[row].split(" | ")
    for factor, is_found in ((1.005, False), (1.2, True)):
        other = [*cells[:-2], f"{float(cells[-2]) * factor:.3g}", cells[-1]]
        text = head + heading + "".join([*lines[:row], " | ".join(other), *lines[row + 1 :]])
        assert bool(writer.problems({**current, "tm_mmol_per_L.md": text}, current)) == is_found
    old = {**current, "gone_h.md": "x"}
    assert writer.problems(old, current) == ["docs/parameters/gone_h.md is of no number"]
