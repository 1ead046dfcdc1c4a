// A pharmacokinetic data set: rows of doses and observations of one or more people, as they came.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/compiled.hpp>
#include <mgpk/record/detail/table.hpp>
#include <mgpk/record/observation.hpp>
#include <mgpk/record/problem.hpp>
#include <mgpk/record/record.hpp>

namespace mgpk::record {

/// What `read_csv` and `from_columns` give. It never changes, and a copy costs nothing.
class DataSet {
 public:
  /// The consecutive rows of one ID. Without a column ID all rows are one person, "1".
  using Person = detail::Group;

  DataSet() : DataSet(detail::Table{}) {}
  explicit DataSet(detail::Table table)
      : table_(std::make_shared<const detail::Table>(std::move(table))) {}

  std::size_t n_rows() const { return table_->n_rows(); }
  /// Known names (ID TIME AMT ...), and the file's own for covariates, in the file's order.
  const std::vector<std::string>& column_names() const { return table_->names; }
  const std::vector<Person>& people() const { return table_->people; }

  /// Whether there is such a column, by its known name or by the file's own.
  bool has_column(std::string_view name) const { return table_->find(name) != nullptr; }
  /// The unit of a column as stated; empty where it is not.
  const std::string& unit(std::string_view name) const { return column(name).unit; }

  /// A column as numbers in the file's own unit, NaN where a value is missing. Times that came as
  /// dates or clock times are hours. InputError where a cell is a text.
  MGPK_COMPILED std::span<const double> numbers(std::string_view name) const;
  /// A column as texts without quotes; empty where a value is missing.
  MGPK_COMPILED std::vector<std::string> texts(std::string_view name) const;
  /// Whether any cell of the column is a text.
  bool has_text(std::string_view name) const { return column(name).cells.n_texts() > 0; }

  /// Time of each row in h: of TIME in its unit, or after the midnight before a person's first
  /// row where times are dates.
  std::span<const double> times_h() const { return table_->times_h; }
  std::span<const Event> events() const { return table_->events; }
  /// The line of the file on which a row stands, from 1 on.
  std::size_t line(std::size_t row) const { return table_->lines[row]; }

  /// The rows of a person as records. CMT by name is looked up in `compartment_names`.
  MGPK_COMPILED std::vector<Record> records(
      const Person& person, const std::vector<std::string>& compartment_names = {}) const;

  /// All rows that were observed: events 0 with MDV 0.
  MGPK_COMPILED std::vector<Observation> observations() const;

  /// What the file did not say, and what was taken instead.
  const std::vector<std::string>& assumptions() const { return table_->assumptions; }
  const std::vector<Problem>& warnings() const { return table_->warnings; }
  const detail::Table& table() const { return *table_; }

 private:
  MGPK_COMPILED const detail::Column& column(std::string_view name) const;

  std::shared_ptr<const detail::Table> table_;
};

}  // namespace mgpk::record

#if MGPK_DEFINE_COMPILED
#include <mgpk/record/detail/data_set.hpp>
#endif
