// TIME and DATE of each row to hours.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>

#include <mgpk/record/detail/clock.hpp>
#include <mgpk/record/detail/problems.hpp>
#include <mgpk/record/detail/table.hpp>

namespace mgpk::record::detail {

/// Fills `times_h`. A date counts from the midnight before the person's first row, so that hours
/// of the day keep their meaning.
class Times {
 public:
  Times(Table& table, Problems& problems)
      : table_(table),
        problems_(problems),
        time_(table.known("TIME")),
        date_(table.known("DATE")) {}

  void fill() {
    if (time_ == nullptr) return;
    table_.clock = date_ != nullptr || time_->cells.n_texts() > 0;
    table_.times_h.reserve(table_.n_rows());
    for (const Group& person : table_.people) {
      std::optional<double> first_day;
      for (std::size_t row = person.first_row; row < person.first_row + person.n_rows; ++row)
        table_.times_h.push_back(table_.clock ? time_of(row, first_day) : plain_time(row));
    }
  }

 private:
  static constexpr double nan = std::numeric_limits<double>::quiet_NaN();

  double plain_time(std::size_t row) {
    const double time = time_->cells.numbers()[row];
    if (std::isnan(time)) say_missing(row);
    return time * table_.h_per_time;
  }

  double time_of(std::size_t row, std::optional<double>& first_day) {
    const std::optional<Moment> moment = moment_at(row);
    if (!moment) return nan;
    if (!moment->day) return moment->clock;
    if (!first_day) first_day = moment->day;
    return 24 * (*moment->day - *first_day) + moment->clock;
  }

  std::optional<Moment> moment_at(std::size_t row) {
    std::optional<Moment> moment = Moment{std::nullopt, 0};
    if (time_->cells.is_missing(row)) {
      say_missing(row);
      return std::nullopt;
    }
    if (time_->cells.is_text(row)) {
      moment = moment_of(time_->cells.text(row), table_.options.date_order);
      if (!moment || (moment->day && date_ != nullptr)) {
        problems_.error("bad_time", place(row, *time_),
                        "TIME must be a number, a clock time such as 14:30, or a date with a clock "
                        "time where there is no column DATE; years have four digits, and their "
                        "place is stated as date_order");
        return std::nullopt;
      }
    } else {
      moment->clock = time_->cells.numbers()[row] * table_.h_per_time;
    }
    if (date_ == nullptr) return with_day_or_none(row, *moment);
    moment->day = day_at(row);
    return moment->day ? moment : std::nullopt;
  }

  /// Rows with a date and rows without one cannot stand in one column.
  std::optional<Moment> with_day_or_none(std::size_t row, const Moment& moment) {
    if (row == 0) has_days_ = moment.day.has_value();
    if (moment.day.has_value() == has_days_) return moment;
    problems_.error("bad_time", place(row, *time_),
                    "all times must have a date, or none; add the date to each");
    return std::nullopt;
  }

  std::optional<double> day_at(std::size_t row) {
    if (date_->cells.is_text(row)) {
      const auto day = day_of(date_->cells.text(row), table_.options.date_order);
      if (day) return day;
    } else if (const double number = date_->cells.numbers()[row]; !std::isnan(number)) {
      if (number == std::floor(number)) return number;
    }
    problems_.error("bad_date", place(row, *date_),
                    "DATE must be a date with a year of four digits, or the number of a day; state "
                    "date_order where the year does not stand first");
    return std::nullopt;
  }

  void say_missing(std::size_t row) {
    if (time_->cells.is_text(row)) return;  // said where columns of numbers are checked
    problems_.error("missing_time", place(row, *time_), "every row must have a time; give it");
  }
  Place place(std::size_t row, const Column& column) const {
    return {table_.lines[row], column.name, column.cells.raw(row, "")};
  }

  Table& table_;
  Problems& problems_;
  const Column *time_, *date_;
  bool has_days_ = false;
};

}  // namespace mgpk::record::detail
