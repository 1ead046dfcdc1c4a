// What a row is where EVID and MDV do not say it.
#pragma once

#include <cstddef>
#include <string>

#include <mgpk/record/detail/rules.hpp>
#include <mgpk/record/detail/table.hpp>
#include <mgpk/record/record.hpp>

namespace mgpk::record::detail {

inline void fill_events(Table& table) {
  const Values evid(table, "EVID"), amt(table, "AMT"), rate(table, "RATE"), ss(table, "SS");
  table.events.reserve(table.n_rows());
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    const double stated = evid[row];
    const bool known = is_whole(stated) && stated >= 0 && stated <= 4;
    const bool dose = amt[row] > 0 || (rate[row] > 0 && ss[row] != 0);
    const Event event = known ? static_cast<Event>(static_cast<int>(stated)) : Event::other;
    table.events.push_back(evid.there() ? event : dose ? Event::dose : Event::observation);
  }
  if (!evid.there())
    table.assumptions.push_back(
        "there is no column EVID: rows with an AMT above 0, and infusions at steady state, are "
        "doses, all others are observations");
}

inline void fill_observed(Table& table) {
  const Values mdv(table, "MDV"), dv(table, "DV"), cens(table, "CENS"), lloq(table, "LLOQ");
  std::size_t n_empty = 0;
  table.observed.reserve(table.n_rows());
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    const bool asked = table.events[row] == Event::observation;
    const bool hidden = mdv.has(row) && mdv[row] != 0;
    const bool there = dv.has(row) || (cens[row] != 0 && lloq.has(row));
    table.observed.push_back(asked && !hidden && there);
    if (asked && !mdv.there() && !there) ++n_empty;
  }
  if (!mdv.there() && dv.there())
    table.assumptions.push_back("there is no column MDV: rows with EVID 0 and a DV are observed; " +
                                std::to_string(n_empty) +
                                " rows with EVID 0 have no DV and only ask for a prediction");
}

}  // namespace mgpk::record::detail
