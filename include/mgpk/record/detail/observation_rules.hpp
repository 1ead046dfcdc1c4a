// The rules for observations: plain, censored, collected, means, ratios.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>

#include <mgpk/record/detail/data_set.hpp>
#include <mgpk/record/detail/rules.hpp>

namespace mgpk::record::detail {

class ObservationRules {
 public:
  ObservationRules(const Table& table, Problems& problems) : table_(table), say_(table, problems) {}

  void check() const {
    for (std::size_t row = 0; row < table_.n_rows(); ++row) {
      check_marks(row);
      if (table_.events[row] == Event::observation) {
        check_missing(row);
      } else {
        check_hidden(row);
      }
      if (!table_.observed[row]) continue;
      check_censoring(row);
      check_collection(row);
      check_mean(row);
    }
  }

 private:
  void check_marks(std::size_t row) const {
    if (mdv_[row] != 0 && mdv_[row] != 1)
      say_.error("bad_mdv", row, mdv_, "MDV must be 0 or 1; correct it");
    if (cens_[row] != 0 && cens_[row] != 1 && cens_[row] != -1)
      say_.error("bad_censoring", row, cens_,
                 "CENS must be 0, 1 (below the limit) or -1 (above it); correct it");
    if (lloq_[row] < 0)
      say_.error("bad_censoring", row, lloq_, "LLOQ must not be negative; correct it");
    if (!is_whole(occ_[row])) say_.error("bad_occasion", row, occ_, "OCC must be a whole number");
  }

  void check_missing(std::size_t row) const {
    if (cens_[row] != 0 && !dv_.has(row) && !lloq_.has(row) && mdv_[row] == 0)
      say_.error("bad_censoring", row, cens_,
                 "a censored observation must say at which limit; give it as DV or as LLOQ");
    if (!mdv_.there() || !mdv_.has(row) || mdv_[row] != 0 || !dv_.there()) return;
    if (!dv_.has(row) && !dv_.is_text(row) && cens_[row] == 0)
      say_.error("missing_observation", row, dv_,
                 "an observation must have a DV; give it, or set MDV to 1");
  }

  /// A value that nobody will read, in a row of another kind.
  void check_hidden(std::size_t row) const {
    const bool wanted = mdv_.has(row) ? mdv_[row] == 0 : dv_[row] != 0;
    if (dv_.has(row) && dv_[row] != 0 && wanted)
      say_.warning("observation_unused", row, dv_,
                   "a DV is read only where EVID is 0; put the observation in a row of its own, or "
                   "set MDV to 1");
  }

  void check_censoring(std::size_t row) const {
    if (lloq_.has(row) && cens_[row] == 0 && dv_[row] < lloq_[row])
      say_.warning(
          "below_limit", row, dv_,
          "DV is below LLOQ, and CENS does not say so; set CENS to 1, or go on if the value "
          "is to be read as it is");
  }

  void check_collection(std::size_t row) const {
    const double start_h = table_.times_h[row];
    if (end_.has(row) && !(end_[row] * table_.h_per_end > start_h))
      say_.error("bad_collection", row, end_,
                 "a urine collection must end after it begins; correct TIME or TIME_END");
    const bool needs_end = uvol_.has(row) || kind(row) == ObservationKind::urine_amount;
    if (needs_end && !end_.has(row) && !end_.is_text(row))
      say_.error("bad_collection", row, end_,
                 "a urine collection runs from TIME to TIME_END; give TIME_END");
    if (end_.has(row) && dv_[row] < 0)
      say_.error("bad_collection", row, dv_, "an amount in urine must not be negative; correct it");
    if (uvol_[row] < 0)
      say_.error("bad_collection", row, uvol_, "UVOL must not be negative; correct it");
    if (kind(row) != ObservationKind::isotope_ratio) return;
    if (!(dv_[row] > 0))
      say_.error("bad_ratio", row, dv_, "an isotope ratio must be above 0; correct DV");
    if (end_.has(row))
      say_.error("bad_ratio", row, end_,
                 "an isotope ratio belongs to one time, so it has no TIME_END; leave it out");
  }

  void check_mean(std::size_t row) const {
    for (const Values* spread : {&sd_, &se_})
      if ((*spread)[row] < 0)
        say_.error("bad_spread", row, *spread, "a spread must not be negative; correct it");
    if (n_.has(row) && !(is_whole(n_[row]) && n_[row] >= 1))
      say_.error("bad_spread", row, n_, "N must be a whole number from 1 on; correct it");
    if (ci_low_.has(row) != ci_high_.has(row))
      say_.error("bad_spread", row, ci_low_.has(row) ? ci_high_ : ci_low_,
                 "a confidence interval has two ends; give CI_LOW and CI_HIGH");
    else if (ci_low_.has(row) && !(ci_low_[row] <= dv_[row] && dv_[row] <= ci_high_[row]))
      say_.error("bad_spread", row, ci_low_,
                 "a mean must lie between CI_LOW and CI_HIGH; correct one of the three");
    const bool spread = sd_.has(row) || se_.has(row);
    if (spread && !n_.has(row) && sd_.has(row) != se_.has(row))
      say_.warning(
          "mean_without_n", row, sd_.has(row) ? sd_ : se_,
          "without N a standard deviation cannot be turned into a standard error, nor back; "
          "give N");
  }

  ObservationKind kind(std::size_t row) const {
    if (!dvid_.there()) return ObservationKind::value;
    const std::string label = dvid_.column().cells.text(row);
    return kind_of(table_.options.kinds, label);
  }

  const Table& table_;
  RowProblems say_;
  const Values dv_{table_, "DV"}, mdv_{table_, "MDV"}, cens_{table_, "CENS"};
  const Values lloq_{table_, "LLOQ"}, occ_{table_, "OCC"}, dvid_{table_, "DVID"};
  const Values end_{table_, "TIME_END"}, uvol_{table_, "UVOL"};
  const Values sd_{table_, "SD"}, se_{table_, "SE"}, n_{table_, "N"};
  const Values ci_low_{table_, "CI_LOW"}, ci_high_{table_, "CI_HIGH"};
};

}  // namespace mgpk::record::detail
