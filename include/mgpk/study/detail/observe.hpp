// The observables: each name of data/study_observables.csv as a difference or ratio of columns.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/gut/transit.hpp>
#include <mgpk/simulate/run.hpp>
#include <mgpk/study/study.hpp>
#include <mgpk/timeline/event.hpp>

namespace mgpk::study::detail {

inline constexpr std::string_view total = "c_plasma_total_mmol_per_L";
inline constexpr std::string_view area = "auc_plasma_total_mmol_h_per_L";
inline constexpr std::string_view urine = "a_urine_mmol";

/// A run, what it is held against, and the two rows that a reading asks for in each. The reference
/// is the comparator where there is one, else the same person without the plan.
class View {
 public:
  View(const Reading& reading, const Run& run, const Run* comparator)
      : reading_(reading),
        run_(run),
        comparator_(comparator),
        from_(row(run.trajectory, reading.from_h)),
        to_(row(run.trajectory, reading.to_h)),
        reference_from_(row(reference(), reading.from_h)),
        reference_to_(row(reference(), reading.to_h)) {}

  double at_end(std::string_view column) const { return run_.trajectory.at(to_, column); }
  double at_start(std::string_view column) const { return run_.trajectory.at(from_, column); }
  double reference_at_end(std::string_view column) const {
    return reference().at(reference_to_, column);
  }
  double change(std::string_view column) const { return at_end(column) - at_start(column); }
  double reference_change(std::string_view column) const {
    return reference_at_end(column) - reference().at(reference_from_, column);
  }
  double rise(std::string_view column) const { return change(column) - reference_change(column); }

  /// The filtered load is in proportion to plasma, whose area is a column.
  double mean_filtered_mmol_per_h() const {
    return at_end("filtered_load_mmol_per_h") / at_end(total) * change(area) / length_h();
  }

  /// A column at the times between the two hours, both included, that run and reference share.
  std::vector<double> between(std::string_view column) const {
    return gathered(run_.trajectory.column(column), [](const Pair& rows) { return rows.of_run; });
  }
  std::vector<double> reference_between(std::string_view column) const {
    return gathered(reference().column(column), [](const Pair& rows) { return rows.of_reference; });
  }
  const Run& run() const { return run_; }

  double length_h() const { return reading_.to_h - reading_.from_h; }
  std::string_view source() const { return reading_.source; }

  /// Given by the plan from the start of the run on: no study looks at a part of its doses.
  double dose_mmol() const {
    return at_end("a_given_mmol") - reference_at_end("a_given_mmol") -
           (at_first("a_given_mmol", run_.trajectory) - at_first("a_given_mmol", reference()));
  }

  double largest_rise(bool above_reference) const {
    const auto with = between(total), without = reference_between(total);
    double rise = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < with.size(); ++i)
      rise = std::max(rise, with[i] - (above_reference ? without[i] : with[0]));
    return std::isfinite(rise) ? rise : unknown;
  }

  /// Urine of the run above its own baseline over that of the comparator above its own.
  double urine_over_comparator() const {
    const auto above = [&](const Run& run) {
      const std::size_t from = row(run.trajectory, reading_.from_h);
      const std::size_t to = row(run.trajectory, reading_.to_h);
      const auto with = run.trajectory.column(urine), without = run.baseline.column(urine);
      return with[to] - with[from] - (without[to] - without[from]);
    };
    return above(run_) / above(*comparator_);
  }

  /// What a lavage finds: everything in the gut and the stool.
  double effluent_mmol() const { return effluent_mmol(run_.trajectory, to_); }
  double reference_effluent_mmol() const { return effluent_mmol(reference(), reference_to_); }

 private:
  struct Pair {
    std::size_t of_run, of_reference;
  };

  const simulation::Trajectory& reference() const {
    if (comparator_) return comparator_->trajectory;
    return run_.baseline.n_rows() > 0 ? run_.baseline : run_.trajectory;
  }

  static std::size_t row(const simulation::Trajectory& table, double t_h) {
    const auto times = table.column("time_h");
    const auto found = std::lower_bound(times.begin(), times.end(), t_h - timeline::same_time_h);
    if (found == times.end() || std::abs(*found - t_h) > timeline::same_time_h)
      fail("the hours of a study must be output times of its run", text_of(t_h) + " h",
           "run it with run_of");
    return static_cast<std::size_t>(found - times.begin());
  }

  /// Other readings of either may have asked for more times.
  template <class RowOf>
  std::vector<double> gathered(std::span<const double> column, RowOf&& row_of) const {
    const auto of_run = run_.trajectory.column("time_h");
    const auto of_reference = reference().column("time_h");
    std::vector<double> values;
    for (std::size_t i = from_, j = reference_from_; i <= to_ && j <= reference_to_;) {
      const double apart_h = of_run[i] - of_reference[j];
      if (std::abs(apart_h) <= timeline::same_time_h) {
        values.push_back(column[row_of(Pair{i++, j++})]);
      } else {
        ++(apart_h < 0 ? i : j);
      }
    }
    return values;
  }

  static double at_first(std::string_view column, const simulation::Trajectory& table) {
    return table.at(0, column);
  }

  static double effluent_mmol(const simulation::Trajectory& table, std::size_t at) {
    double sum = table.at(at, "a_feces_mmol");
    for (const auto segment : gut::segment_names) {
      sum += table.at(at, "a_solid_" + std::string(segment) + "_mmol");
      sum += table.at(at, "a_dissolved_" + std::string(segment) + "_mmol");
    }
    return sum;
  }

  const Reading& reading_;
  const Run& run_;
  const Run* comparator_;
  std::size_t from_, to_, reference_from_, reference_to_;
};

struct Reader {
  std::string_view name;
  double (*read)(const View&);
};

inline double net_by_lavage(const View& v) {
  const double eaten_mmol = v.at_end("a_given_mmol") - v.reference_at_end("a_given_mmol");
  return 1 - (v.effluent_mmol() - v.reference_effluent_mmol()) / eaten_mmol;
}

/// Of what was eaten between the two hours.
template <gut::Segment Where>
double absorbed_in(const View& v) {
  const std::string column = "a_absorbed_in_" + std::string(gut::segment_names[Where]) + "_mmol";
  return v.change(column) / v.change("a_given_mmol");
}

inline constexpr std::array<Reader, 29> readers{{
    {"f_absorbed", [](const View& v) { return v.at_end("f_absorbed_" + std::string(v.source())); }},
    {"f_net_absorbed",
     [](const View& v) { return 1 - v.change("a_feces_mmol") / v.change("a_given_mmol"); }},
    {"f_net_absorbed_by_lavage", net_by_lavage},
    {"ae_mmol", [](const View& v) { return v.rise(urine); }},
    {"a_urine_mmol", [](const View& v) { return v.change(urine); }},
    {"f_excreted", [](const View& v) { return v.rise(urine) / v.dose_mmol(); }},
    {"f_retained", [](const View& v) { return 1 - v.rise(urine) / v.dose_mmol(); }},
    {"f_urine_rise", [](const View& v) { return v.change(urine) / v.reference_change(urine) - 1; }},
    {"f_ae_of_comparator", [](const View& v) { return v.urine_over_comparator(); }},
    {"c_plasma_total_mmol_per_L", [](const View& v) { return v.at_end(total); }},
    {"c_plasma_ionized_mmol_per_L",
     [](const View& v) { return v.at_end("c_plasma_ionized_mmol_per_L"); }},
    {"c_plasma_ultrafilterable_mmol_per_L",
     [](const View& v) { return v.at_end("c_plasma_ultrafilterable_mmol_per_L"); }},
    {"c_plasma_total_mean_mmol_per_L", [](const View& v) { return v.change(area) / v.length_h(); }},
    {"c_plasma_total_rise_mmol_per_L",
     [](const View& v) { return v.at_end(total) - v.reference_at_end(total); }},
    {"c_plasma_total_change_mmol_per_L", [](const View& v) { return v.change(total); }},
    {"f_plasma_total_change", [](const View& v) { return v.change(total) / v.at_start(total); }},
    {"f_plasma_total_left", [](const View& v) { return v.at_end(total) / v.at_start(total); }},
    {"c_plasma_total_max_rise_mmol_per_L", [](const View& v) { return v.largest_rise(true); }},
    {"f_plasma_total_max_rise",
     [](const View& v) { return v.largest_rise(false) / v.at_start(total); }},
    {"auc_mmol_h_per_L", [](const View& v) { return v.change(area); }},
    {"auc_rise_mmol_h_per_L", [](const View& v) { return v.rise(area); }},
    {"cl_renal_L_per_h",
     [](const View& v) { return v.at_end("urine_mmol_per_h") / v.at_end(total); }},
    {"cl_rise_L_per_h", [](const View& v) { return v.dose_mmol() / v.rise(area); }},
    {"f_red_cells_left",
     [](const View& v) { return v.at_end("a_red_cells_mmol") / v.at_start("a_red_cells_mmol"); }},
    {"f_excreted_renal",
     [](const View& v) { return v.change(urine) / (v.mean_filtered_mmol_per_h() * v.length_h()); }},
    {"f_absorbed_in_duodenum", absorbed_in<gut::duodenum>},
    {"f_absorbed_in_jejunum", absorbed_in<gut::jejunum>},
    {"f_absorbed_in_ileum", absorbed_in<gut::ileum>},
    {"f_absorbed_in_colon", absorbed_in<gut::colon>},
}};

}  // namespace mgpk::study::detail
