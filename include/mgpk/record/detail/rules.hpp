// What the rules of rows share: the columns that are there, and where a problem stands.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <mgpk/record/detail/problems.hpp>
#include <mgpk/record/detail/table.hpp>
#include <mgpk/record/record.hpp>

namespace mgpk::record::detail {

/// A known column, or none: then every value is missing.
class Values {
 public:
  Values(const Table& table, std::string_view name) : name_(name), column_(table.known(name)) {
    if (column_ != nullptr) numbers_ = column_->cells.numbers();
  }

  bool there() const { return column_ != nullptr; }
  std::string_view name() const { return name_; }
  const Column& column() const { return *column_; }
  bool has(std::size_t row) const { return there() && !std::isnan(numbers_[row]); }
  /// The value; 0 where it is missing.
  double operator[](std::size_t row) const { return has(row) ? numbers_[row] : 0; }
  bool is_text(std::size_t row) const { return there() && column_->cells.is_text(row); }

 private:
  std::string_view name_;
  const Column* column_ = nullptr;
  std::span<const double> numbers_;
};

inline bool is_whole(double value) { return value == std::floor(value); }

/// Says problems of one row after the other.
class RowProblems {
 public:
  RowProblems(const Table& table, Problems& problems) : table_(table), problems_(problems) {}

  void error(std::string_view code, std::size_t row, const Values& values,
             std::string_view advice) const {
    problems_.error(code, place(row, values), advice);
  }
  void warning(std::string_view code, std::size_t row, const Values& values,
               std::string_view advice) const {
    problems_.warning(code, place(row, values), advice);
  }

 private:
  Place place(std::size_t row, const Values& values) const {
    const std::string value = values.there() ? values.column().cells.raw(row, "") : "";
    return {table_.lines[row], std::string(values.name()), value};
  }

  const Table& table_;
  Problems& problems_;
};

}  // namespace mgpk::record::detail
