// What a data set answers.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>
#include <mgpk/record/data_set.hpp>

namespace mgpk::record {

namespace detail {

/// A cell as a number, or `otherwise` where the column or the value is missing.
inline double value_or(const Column* column, std::size_t row, double otherwise) {
  if (column == nullptr) return otherwise;
  const double value = column->cells.numbers()[row];
  return std::isnan(value) ? otherwise : value;
}

/// The records of one data set: the columns are looked up once.
class RecordMaker {
 public:
  RecordMaker(const Table& table, const std::vector<std::string>& compartment_names)
      : table_(table), compartment_names_(compartment_names) {}

  Record at(std::size_t row) const {
    Record made;
    made.row = row;
    made.time_h = table_.times_h[row];
    made.event = table_.events[row];
    if (gives_dose(made.event)) {
      made.amount = value_or(amt_, row, 0);
      const double rate = value_or(rate_, row, 0);
      made.rate = rate > 0 ? rate / table_.h_per_rate : rate;
      made.interval_h = value_or(ii_, row, 0) * table_.h_per_interval;
      made.n_additional = static_cast<int>(value_or(addl_, row, 0));
      made.at_steady_state = static_cast<int>(value_or(ss_, row, 0));
    }
    made.compartment = compartment(row);
    made.occasion = value_or(occ_, row, made.occasion);
    return made;
  }

 private:
  int compartment(std::size_t row) const {
    if (cmt_ == nullptr || !cmt_->cells.is_text(row))
      return static_cast<int>(value_or(cmt_, row, 0));
    const std::string name = cmt_->cells.text(row);
    for (std::size_t i = 0; i < compartment_names_.size(); ++i)
      if (compartment_names_[i] == name) return static_cast<int>(i + 1);
    fail_unknown_name(
        "CMT on line " + std::to_string(table_.lines[row]) + " must be a compartment of the model",
        name, compartment_names_, "write its number, or a name that the model has");
  }

  const Table& table_;
  const std::vector<std::string>& compartment_names_;
  const Column* amt_ = table_.known("AMT");
  const Column* rate_ = table_.known("RATE");
  const Column* ii_ = table_.known("II");
  const Column* addl_ = table_.known("ADDL");
  const Column* ss_ = table_.known("SS");
  const Column* cmt_ = table_.known("CMT");
  const Column* occ_ = table_.known("OCC");
};

/// What the options or the text itself say that a value of DVID means.
inline ObservationKind kind_of(const NamePairs& stated, const std::string& label) {
  std::string word = label;
  for (const auto& [value, kind] : stated)
    if (value == label) word = kind;
  if (word == "urine_amount") return ObservationKind::urine_amount;
  return word == "isotope_ratio" ? ObservationKind::isotope_ratio : ObservationKind::value;
}

class ObservationMaker {
 public:
  explicit ObservationMaker(const Table& table) : table_(table) {}

  Observation at(std::size_t row, std::size_t person) const {
    Observation made;
    made.row = row;
    made.person = person;
    made.time_h = table_.times_h[row];
    made.value = value_or(dv_, row, absent);
    if (dvid_ != nullptr) made.label = dvid_->cells.text(row);
    made.kind = kind_of(table_.options.kinds, made.label);
    made.end_h = value_or(end_, row, absent) * table_.h_per_end;
    if (!std::isnan(made.end_h)) made.kind = ObservationKind::urine_amount;
    made.censored = static_cast<int>(value_or(cens_, row, 0));
    made.limit = value_or(lloq_, row, absent);
    made.urine_volume = value_or(uvol_, row, absent);
    made.sd = value_or(sd_, row, absent);
    made.se = value_or(se_, row, absent);
    made.n_persons = value_or(n_, row, absent);
    made.ci_low = value_or(ci_low_, row, absent);
    made.ci_high = value_or(ci_high_, row, absent);
    return made;
  }

 private:
  const Table& table_;
  const Column* dv_ = table_.known("DV");
  const Column* dvid_ = table_.known("DVID");
  const Column* end_ = table_.known("TIME_END");
  const Column* cens_ = table_.known("CENS");
  const Column* lloq_ = table_.known("LLOQ");
  const Column* uvol_ = table_.known("UVOL");
  const Column* sd_ = table_.known("SD");
  const Column* se_ = table_.known("SE");
  const Column* n_ = table_.known("N");
  const Column* ci_low_ = table_.known("CI_LOW");
  const Column* ci_high_ = table_.known("CI_HIGH");
};

}  // namespace detail

MGPK_COMPILED const detail::Column& DataSet::column(std::string_view name) const {
  const detail::Column* found = table_->find(name);
  if (found == nullptr)
    fail_unknown_name("column must be one of the data set's", name, table_->names,
                      "the names of all columns are in column_names()");
  return *found;
}

MGPK_COMPILED std::span<const double> DataSet::numbers(std::string_view name) const {
  const detail::Column& found = column(name);
  const detail::Column* const time = table_->known("TIME");
  if (&found == time && table_->clock) return table_->times_h;
  if (const std::size_t row = found.cells.first_text(); row != detail::Cells::none)
    fail("column " + found.name + " must hold numbers to be read as numbers",
         "\"" + found.cells.text(row) + "\" on line " + std::to_string(line(row)),
         "read it with texts(), or give numbers");
  return found.cells.numbers();
}

MGPK_COMPILED std::vector<std::string> DataSet::texts(std::string_view name) const {
  const detail::Column& found = column(name);
  std::vector<std::string> all;
  all.reserve(n_rows());
  for (std::size_t row = 0; row < n_rows(); ++row) all.push_back(found.cells.text(row));
  return all;
}

MGPK_COMPILED std::vector<Record> DataSet::records(
    const Person& person, const std::vector<std::string>& compartment_names) const {
  const detail::RecordMaker maker(*table_, compartment_names);
  std::vector<Record> made;
  made.reserve(person.n_rows);
  for (std::size_t i = 0; i < person.n_rows; ++i) made.push_back(maker.at(person.first_row + i));
  return made;
}

MGPK_COMPILED std::vector<Observation> DataSet::observations() const {
  const detail::ObservationMaker maker(*table_);
  std::vector<Observation> made;
  for (std::size_t person = 0; person < people().size(); ++person) {
    const Person& rows = people()[person];
    for (std::size_t row = rows.first_row; row < rows.first_row + rows.n_rows; ++row)
      if (table_->observed[row]) made.push_back(maker.at(row, person));
  }
  return made;
}

}  // namespace mgpk::record
