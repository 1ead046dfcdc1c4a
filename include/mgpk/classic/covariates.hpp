// The numbers of a model over one person's records: columns, their gaps, and how they change.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/classic/model.hpp>
#include <mgpk/error.hpp>
#include <mgpk/record/record.hpp>
#include <mgpk/timeline/administration.hpp>

namespace mgpk::classic {

/// What a column's value is between two records.
enum class CovariateRule {
  carried_backward,  ///< that of the record ahead, as in NONMEM
  carried_forward,   ///< that of the record behind
  linear,            ///< on the line between the two
};

using CovariateRules = std::map<std::string, CovariateRule>;

/// One person's values of a column of the data set, one per record, NaN where missing.
using ColumnOf = std::function<std::span<const double>(const std::string& name)>;

/// The numbers of the flows over a stretch between two records: at its ends, and whether they move.
struct Stretch {
  Parameters<double> from{};
  Parameters<double> to{};
  double from_h = 0;
  double to_h = 0;
  bool moves = false;
};

namespace detail {

/// The value at a missing record by the column's rule; records without any value ahead (or behind)
/// take the nearest on the other side.
inline double fill_one(std::span<const double> values, std::span<const record::Record> records,
                       std::size_t i, CovariateRule rule) {
  const auto known = [&](std::size_t k) { return !std::isnan(values[k]); };
  std::size_t behind = i, ahead = i;
  while (behind > 0 && !known(behind)) --behind;
  while (ahead + 1 < values.size() && !known(ahead)) ++ahead;
  if (!known(behind)) return values[ahead];
  if (!known(ahead)) return values[behind];
  if (rule == CovariateRule::carried_backward) return values[ahead];
  const double gap_h = records[ahead].time_h - records[behind].time_h;
  if (rule == CovariateRule::carried_forward || !(gap_h > 0)) return values[behind];
  const double f = (records[i].time_h - records[behind].time_h) / gap_h;
  return values[behind] + f * (values[ahead] - values[behind]);
}

/// A person without any value is refused where every stretch needs one; what is said of doses may
/// be missing for those whose doses do not ask for it.
inline std::vector<double> filled(std::span<const double> values,
                                  std::span<const record::Record> records, const std::string& name,
                                  CovariateRule rule, bool needed) {
  if (needed && std::all_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }))
    fail("column " + name + " must have a value for each person",
         "empty" + timeline::detail::at_row(records.front()), "fill it, or give a plain number");
  std::vector<double> all(values.begin(), values.end());
  for (std::size_t i = 0; i < all.size(); ++i)
    if (std::isnan(all[i])) all[i] = fill_one(values, records, i, rule);
  return all;
}

}  // namespace detail

/// A model's numbers for one person.
class PersonNumbers {
 public:
  PersonNumbers(const Model& model, std::span<const record::Record> records, const ColumnOf& column,
                const CovariateRules& rules)
      : model_(model), records_(records) {
    for (std::size_t i = 0; i < n_parameters; ++i)
      take(model.parameters.*parameter_members<Quantity>[i], i, column, rules);
    for (const auto& dose : model.doses)
      for (const auto* q : {&dose.f_bioavailable, &dose.tlag_h, &dose.duration_h, &dose.rate})
        if (q->is_column()) load(q->column, column, rules, false);
    set_transit_default();
  }
  PersonNumbers(const PersonNumbers&) = delete;  // sources point into it
  PersonNumbers& operator=(const PersonNumbers&) = delete;

  /// As they are at a record.
  Parameters<double> at(std::size_t record) const {
    Parameters<double> p = fixed_;
    for (const auto& source : sources_)
      p.*parameter_members<double>[source.parameter] = source.column->values[record];
    if (absorbs_as_transits_) p.ka_per_h = p.k_transit_per_h;
    return p;
  }

  /// Over the stretch that ends at a record, or at others of the same time that stand before it.
  Stretch towards(std::size_t record) const {
    const std::size_t ahead = first_of_time(record);
    const std::size_t behind = ahead > 0 ? ahead - 1 : 0;
    Stretch stretch{fixed_, fixed_, records_[behind].time_h, records_[ahead].time_h, false};
    for (const auto& source : sources_) {
      const auto member = parameter_members<double>[source.parameter];
      const auto& values = source.column->values;
      const auto rule = source.column->rule;
      stretch.from.*member = values[rule == CovariateRule::carried_backward ? ahead : behind];
      stretch.to.*member = values[rule == CovariateRule::carried_forward ? behind : ahead];
      if (rule == CovariateRule::linear) stretch.moves = true;
    }
    for (auto* p : {&stretch.from, &stretch.to})
      if (absorbs_as_transits_) p->ka_per_h = p->k_transit_per_h;
    return stretch;
  }

  /// What the model says of a dose at its record.
  timeline::DoseAttributes attributes(std::size_t compartment, std::size_t record) const {
    const auto& dose = model_.doses[compartment];
    timeline::DoseAttributes a{value(dose.f_bioavailable, record), value(dose.tlag_h, record),
                               value(dose.duration_h, record), value(dose.rate, record)};
    if (compartment == 0 && model_.layout.absorption == Absorption::zero_order)
      a.duration_h = at(record).t_zero_order_h;
    return a;
  }

 private:
  struct Column {
    std::vector<double> values;
    CovariateRule rule;
  };
  struct Source {
    std::size_t parameter;
    const Column* column;
  };

  const Column& load(const std::string& name, const ColumnOf& column, const CovariateRules& rules,
                     bool needed) {
    const auto loaded = columns_.find(name);
    if (loaded != columns_.end()) return loaded->second;
    const auto given = rules.find(name);
    const auto rule = given == rules.end() ? CovariateRule::carried_backward : given->second;
    auto values = detail::filled(column(name), records_, name, rule, needed);
    return columns_.emplace(name, Column{std::move(values), rule}).first->second;
  }

  void take(const Quantity& quantity, std::size_t parameter, const ColumnOf& column,
            const CovariateRules& rules) {
    if (!quantity.is_given()) return;
    if (!quantity.is_column()) {
      fixed_.*parameter_members<double>[parameter] = quantity.value;
      return;
    }
    const Column& loaded = load(quantity.column, column, rules, true);
    const std::string name(parameter_names[parameter]);
    for (std::size_t i = 0; i < records_.size(); ++i)
      detail::check_value(
          name, name + " of column " + quantity.column + timeline::detail::at_row(records_[i]),
          loaded.values[i]);
    sources_.push_back({parameter, &loaded});
  }

  void set_transit_default() {
    absorbs_as_transits_ =
        model_.layout.absorption == Absorption::transit && !model_.parameters.ka_per_h.is_given();
    if (absorbs_as_transits_) fixed_.ka_per_h = fixed_.k_transit_per_h;
  }

  double value(const Quantity& quantity, std::size_t record) const {
    return quantity.is_column() ? columns_.at(quantity.column).values[record] : quantity.value;
  }

  /// What is reported at equal times may stand in another order than the file's; the covariate on
  /// the way there does not depend on that.
  std::size_t first_of_time(std::size_t record) const {
    while (record > 0 && records_[record - 1].time_h == records_[record].time_h) --record;
    return record;
  }

  const Model& model_;
  std::span<const record::Record> records_;
  Parameters<double> fixed_{};
  std::map<std::string, Column> columns_;  // a map keeps its values in place
  std::vector<Source> sources_;
  bool absorbs_as_transits_ = false;
};

}  // namespace mgpk::classic
