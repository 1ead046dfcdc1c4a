// People, their order in time, cells that should be numbers, and what the file leaves open.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_set>

#include <mgpk/record/detail/header.hpp>
#include <mgpk/record/detail/rules.hpp>

namespace mgpk::record::detail {

/// Whether two rows have the same ID: the same number, or the same text.
inline bool same_id(const Cells& ids, std::size_t a, std::size_t b) {
  const double x = ids.numbers()[a], y = ids.numbers()[b];
  if (!std::isnan(x) && !std::isnan(y)) return x == y;
  return std::isnan(x) && std::isnan(y) && ids.text(a) == ids.text(b);
}

/// Fills `people`: consecutive rows with one ID.
inline void fill_people(Table& table, Problems& problems) {
  if (table.n_rows() == 0) return;
  const Column* const id = table.known("ID");
  if (id == nullptr) {
    table.people.push_back({"1", 0, table.n_rows()});
    table.assumptions.push_back("there is no column ID: all rows are of one person");
    return;
  }
  std::unordered_set<std::string> seen;
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    if (id->cells.is_missing(row))
      problems.error("missing_id", {table.lines[row], "ID", id->cells.raw(row, "")},
                     "every row must say whose it is; give the ID");
    if (row > 0 && same_id(id->cells, row - 1, row)) {
      ++table.people.back().n_rows;
      continue;
    }
    const double number = id->cells.numbers()[row];
    table.people.push_back({std::isnan(number) ? id->cells.text(row) : text_of(number), row, 1});
    if (!seen.insert(table.people.back().id).second && !id->cells.is_missing(row))
      problems.error("id_reappears", {table.lines[row], "ID", table.people.back().id},
                     "the rows of a person must stand together; move them, or give another ID");
  }
}

inline void check_order(const Table& table, Problems& problems) {
  const RowProblems say(table, problems);
  const Values time(table, "TIME");
  if (!time.there()) return;
  for (const Group& person : table.people) {
    for (std::size_t i = 1; i < person.n_rows; ++i) {
      const std::size_t row = person.first_row + i;
      if (table.times_h[row] < table.times_h[row - 1] && !resets(table.events[row]))
        say.error("time_backwards", row, time,
                  "times must not go back without a reset (EVID 3 or 4); put the rows in order, "
                  "or say where the person begins anew");
    }
  }
}

/// Texts in known columns of numbers, and covariates that are both.
inline void check_texts(const Table& table, Problems& problems) {
  for (const Column& column : table.columns) {
    const Cells& cells = column.cells;
    if (cells.n_texts() == 0) continue;
    const bool numeric = column.known != nullptr && !column.known->takes_text;
    if (!numeric) {
      std::size_t n_numbers = 0;
      for (const double number : cells.numbers()) n_numbers += std::isnan(number) ? 0U : 1U;
      if (column.known == nullptr && n_numbers > 0)
        problems.warning(
            "mixed_column",
            {table.lines[cells.first_text()], column.name, cells.raw(cells.first_text(), "")},
            "some cells are numbers and some are texts, so the column is read as "
            "text; correct them, or state this text as missing");
      continue;
    }
    for (std::size_t row = cells.first_text(); row < table.n_rows(); ++row)
      if (cells.is_text(row))
        problems.error("not_a_number", {table.lines[row], column.name, cells.raw(row, "")},
                       "the cell must be a finite number with a decimal point, or be missing; "
                       "correct it, or state the text as missing");
  }
}

/// Units of TIME and of what is measured with it.
class UnitRules {
 public:
  UnitRules(Table& table, std::size_t line, Problems& problems)
      : table_(table), line_(line), problems_(problems) {}

  void check() {
    const Column* const time = table_.known("TIME");
    if (time != nullptr && time->unit.empty()) {
      table_.assumptions.push_back("no unit is stated for TIME: it is in h");
    } else if (time != nullptr) {
      table_.h_per_time = h_in(*time, time->unit, 1);
    }
    table_.h_per_interval = of_time("II");
    table_.h_per_end = of_time("TIME_END");
    table_.h_per_rate = table_.h_per_time;
    if (const Column* const rate = table_.known("RATE"); rate != nullptr && !rate->unit.empty())
      check_rate(*rate);
  }

 private:
  double h_in(const Column& column, const std::string& unit, double otherwise) {
    const double h = h_per_unit(unit);
    if (h > 0) return h;
    problems_.error("unknown_unit", {line_, column.name, column.unit},
                    "the unit of a time must be h, min, d or s; state it");
    return otherwise;
  }

  double of_time(const char* name) {
    const Column* const column = table_.known(name);
    if (column == nullptr || column->unit.empty()) return table_.h_per_time;
    return h_in(*column, column->unit, table_.h_per_time);
  }

  void check_rate(const Column& rate) {
    const UnitText unit = parsed_unit(rate.unit);
    table_.h_per_rate = h_in(rate, unit.below, table_.h_per_time);
    const Column* const amt = table_.known("AMT");
    if (amt != nullptr && !amt->unit.empty() && amt->unit != unit.above)
      problems_.error("unit_mismatch", {line_, "RATE", rate.unit},
                      "RATE must be in the unit of AMT (" + amt->unit + ") per time; convert one");
  }

  Table& table_;
  std::size_t line_;
  Problems& problems_;
};

}  // namespace mgpk::record::detail
