"""tools/write_people_page.py: the table of docs/people.md is that of data/modifiers.csv."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_table_of_the_page_is_up_to_date(run_tool):
    assert run_tool("write_people_page.py", "--check") == (0, "")


def test_another_row_makes_the_page_stale_and_is_written(run_tool, copy_tables, tmp_path):
    copy_tables()
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "people.md", tmp_path / "docs")
    table = tmp_path / "data" / "modifiers.csv"
    row = "trpm6,sweat,plus,0.125,0,1,mmol/h,assumed,ClaverieMartin_2021,chronic,another\n"
    with table.open("a", encoding="utf-8") as file:
        file.write(row)
    status, printed = run_tool("write_people_page.py", "--check", "--root", tmp_path)
    assert status == 1
    assert "out of date" in printed
    assert run_tool("write_people_page.py", "--root", tmp_path)[0] == 0
    page = (tmp_path / "docs" / "people.md").read_text(encoding="utf-8")
    assert "plus 0.125 mmol/h |" in page
    assert "What each does not know" in page
