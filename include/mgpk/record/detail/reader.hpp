// From text or columns to a table with all that is wrong with it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/record/detail/defaults.hpp>
#include <mgpk/record/detail/dose_rules.hpp>
#include <mgpk/record/detail/header.hpp>
#include <mgpk/record/detail/observation_rules.hpp>
#include <mgpk/record/detail/order_rules.hpp>
#include <mgpk/record/detail/problems.hpp>
#include <mgpk/record/detail/split.hpp>
#include <mgpk/record/detail/table.hpp>
#include <mgpk/record/detail/times.hpp>
#include <mgpk/record/detail/utf8.hpp>
#include <mgpk/record/detail/validate.hpp>
#include <mgpk/record/input_column.hpp>

namespace mgpk::record::detail {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A table with all that is wrong with it.
struct Reading {
  Table table;
  std::vector<Problem> problems;
  bool failed = false;
};

class Reader {
 public:
  explicit Reader(const ReadOptions& options) : missing_(options.missing) {
    validate(options);
    table_.options = options;
  }

  Reading read(std::string_view text) && {
    table_.has_mark = text.starts_with(byte_order_mark);
    if (table_.has_mark) text.remove_prefix(byte_order_mark.size());
    if (const std::size_t line = line_that_is_not_utf8(text); line > 0) {
      problems_.error("not_utf8", {line, "", ""}, "the file must be UTF-8; save it as UTF-8");
      return finished();
    }
    const std::size_t first_end = text.find('\n');
    table_.returns =
        first_end != std::string_view::npos && first_end > 0 && text[first_end - 1] == '\r';
    Splitter splitter(text, table_.options.delimiter, table_.options.ignore);
    std::vector<std::string_view> cells;
    if (!splitter.next(cells)) {
      problems_.error("empty_file", {},
                      "a data set must have a line of names; give a file that has");
      return finished();
    }
    begin(cells, splitter.line());
    if (splitter.bad_quote()) say_bad_quote(splitter.line(), cells);
    reserve(text);
    while (splitter.next(cells)) take_row(cells, splitter);
    table_.asides = std::move(splitter.asides());
    check();
    return finished();
  }

  Reading read(const std::vector<InputColumn>& columns) && {
    if (table_.options.ignore != '\0')
      fail("columns in memory have no comments, so ignore must be empty",
           '"' + std::string(1, table_.options.ignore) + '"', "leave it out");
    std::vector<std::string> names;
    names.reserve(columns.size());
    for (const InputColumn& column : columns) names.push_back(quoted(column.name));
    if (columns.empty()) {
      problems_.error("empty_file", {}, "a data set must have columns; give some");
      return finished();
    }
    begin({names.begin(), names.end()}, 1);
    take_columns(columns);
    check();
    return finished();
  }

 private:
  void begin(const std::vector<std::string_view>& names, std::size_t line) {
    header_line_ = line;
    table_.columns = Header(table_.options, line, problems_).columns(names);
    for (const Column& column : table_.columns) table_.names.push_back(column.name);
  }

  void reserve(std::string_view text) {
    const auto n_rows = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    // Lines that are cut short cannot reserve more than their letters would fill.
    if (n_rows > text.size() / table_.columns.size() + 1) return;
    for (Column& column : table_.columns) column.cells.reserve(n_rows);
    table_.lines.reserve(n_rows);
  }

  void take_row(const std::vector<std::string_view>& cells, const Splitter& splitter) {
    if (splitter.bad_quote()) say_bad_quote(splitter.line(), cells);
    if (cells.size() != table_.columns.size())
      return problems_.error("ragged_row",
                             {splitter.line(), "", std::to_string(cells.size()) + " cells"},
                             "a row must have a cell for each of the " +
                                 std::to_string(table_.columns.size()) + " columns; correct it");
    take_cells(cells, splitter.line());
  }

  void take_cells(const std::vector<std::string_view>& cells, std::size_t line) {
    for (std::size_t i = 0; i < table_.columns.size(); ++i)
      table_.columns[i].cells.append(cells[i], missing_);
    table_.lines.push_back(static_cast<std::uint32_t>(line));
  }

  void say_bad_quote(std::size_t line, const std::vector<std::string_view>& cells) {
    std::string value;
    for (const std::string_view cell : cells)
      if (value.empty() && cell.starts_with('"')) value = std::string(cell.substr(0, 40));
    problems_.error("bad_quote", {line, "", value},
                    "a quote that opens a cell must close it; double the quotes inside a cell");
  }

  void take_columns(const std::vector<InputColumn>& columns) {
    const auto n_rows_of = [](const InputColumn& column) {
      return std::max(column.numbers.size(), column.texts.size());
    };
    const std::size_t n_rows = n_rows_of(columns.front());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const InputColumn& given = columns[i];
      if (n_rows_of(given) != n_rows)
        fail("all columns must be equally long",
             std::to_string(n_rows_of(given)) + " rows of " + given.name + " and " +
                 std::to_string(n_rows),
             "give as many values for each");
      Cells& cells = table_.columns[i].cells;
      cells.reserve(n_rows);
      for (const double number : given.numbers) append_number(cells, number);
      if (given.numbers.empty())
        for (std::size_t row = 0; row < n_rows; ++row)
          append_text(table_.columns[i], row, given.texts[row]);
    }
    for (std::size_t row = 0; row < n_rows; ++row)
      table_.lines.push_back(static_cast<std::uint32_t>(row + 2));
  }

  void append_number(Cells& cells, double number) const {
    if (std::isinf(number)) return cells.append(text_of(number), missing_);
    cells.append_number(number);
  }

  void append_text(Column& column, std::size_t row, const std::string& text) {
    if (line_that_is_not_utf8(text) > 0)
      problems_.error("not_utf8", {row + 2, column.name, ""}, "texts must be UTF-8; convert them");
    column.cells.append(quoted(text), missing_);
  }

  /// A text as a cell; one that would not come back as it is gets quotes.
  std::string quoted(const std::string& text) const {
    const std::string special{table_.options.delimiter, '"', '\r', '\n'};
    // A line of one empty cell would be a blank line.
    const bool alone = text.empty() && table_.columns.size() == 1;
    const bool blank_ends = !text.empty() && trimmed(text).size() != text.size();
    const bool like_mark = text.starts_with(byte_order_mark);
    if (!alone && !blank_ends && !like_mark && text.find_first_of(special) == std::string::npos)
      return text;
    std::string cell = "\"";
    for (const char letter : text)
      cell += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return cell + '"';
  }

  void check() {
    if (table_.n_rows() == 0)
      problems_.error("no_rows", {}, "a data set must have rows; add them below the names");
    UnitRules(table_, header_line_, problems_).check();
    fill_people(table_, problems_);
    check_texts(table_, problems_);
    fill_events(table_);
    Times(table_, problems_).fill();
    fill_observed(table_);
    if (table_.known("TIME") == nullptr) return;
    check_order(table_, problems_);
    DoseRules(table_, problems_).check();
    ObservationRules(table_, problems_).check();
  }

  void note_rest() {
    std::vector<std::string> covariates;
    for (const Column& column : table_.columns)
      if (column.known == nullptr) covariates.push_back(column.name);
    if (!covariates.empty())
      table_.assumptions.push_back("covariates are " + quoted_list(covariates, "and"));
    if (!table_.asides.empty())
      table_.assumptions.push_back(std::to_string(table_.asides.size()) +
                                   " lines are comments or blank");
  }

  Reading finished() {
    note_rest();
    const bool failed = problems_.any_error();
    std::vector<Problem> problems = std::move(problems_).sorted();
    if (!failed) table_.warnings = problems;
    return {std::move(table_), std::move(problems), failed};
  }

  Table table_;
  MissingMarks missing_;
  Problems problems_;
  std::size_t header_line_ = 0;
};

}  // namespace mgpk::record::detail
