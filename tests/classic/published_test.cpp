// The published models at their reference values, away from them, and on the baseline.
#include <mgpk/classic/published.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include <mgpk/error.hpp>
#include <mgpk/evidence/reference.hpp>

#include "classic_models.hpp"

using namespace mgpk;
using namespace mgpk::tests;
using doctest::Approx;

TEST_CASE("Salinger 2013: reference values, powers, and the intramuscular depot") {
  const auto at_reference = classic::salinger_2013(55, 0.8);
  CHECK(at_reference.parameters.cl_L_per_h.value == Approx(4.81).epsilon(1e-14));
  CHECK(at_reference.parameters.v_central_L.value == Approx(15.6).epsilon(1e-14));
  CHECK(at_reference.parameters.c_baseline_amount_per_L.value == Approx(0.856).epsilon(1e-3));
  const auto other = classic::salinger_2013(110, 1.6);
  CHECK(other.parameters.cl_L_per_h.value == Approx(4.81 * std::pow(0.5, 1.48)).epsilon(1e-14));
  CHECK(other.parameters.v_central_L.value == Approx(15.6 * std::pow(2, 0.692)).epsilon(1e-14));
  // Into the depot (CMT 1) the share F arrives; into the vein (CMT 2) all of it.
  auto kept = at_reference;
  kept.parameters.cl_L_per_h = 0;
  const auto muscle = predicted(kept, {dose(0, 40, 1), look(1000)});
  const auto vein = predicted(kept, {dose(0, 40, 2), look(1000)});
  CHECK(muscle.rows.amounts[1][1] == Approx(0.862 * 40).epsilon(1e-13));
  CHECK(vein.rows.amounts[1][1] == Approx(40.0).epsilon(1e-13));
}

TEST_CASE("all stand on their baseline, and 1 g/h leads to rate over clearance above it") {
  const double rate_mmol_per_h = 4.057;  // 1 g of MgSO4 heptahydrate
  for (const auto& model : {classic::salinger_2013(55, 0.8), classic::clin_pharmacokinet_2002(0.85),
                            classic::easterling_2018(90.54, 66.3 / 88.4), classic::chuan_2001()}) {
    CAPTURE(model.name);
    const int central = model.layout.has_depot() ? 2 : 1;
    auto drip = infusion(0, 0, rate_mmol_per_h, central);
    drip.at_steady_state = 1;
    const auto p = predicted(model, {look(0), drip, look(1000)});
    const double baseline = model.parameters.c_baseline_amount_per_L.value;
    CHECK(p.c(0) == baseline);
    const double rise = rate_mmol_per_h / model.parameters.cl_L_per_h.value;
    CHECK(p.c(1) == Approx(baseline + rise).epsilon(1e-13));
    CHECK(p.c(2) == Approx(baseline).epsilon(1e-9));
    CHECK(!evidence::reference(model.publication.reference).citation.empty());
    CHECK(!model.publication.cohort.empty());
    CHECK(!model.publication.variability.empty());
  }
}

TEST_CASE("Easterling 2018 has its sign as printed, and says so") {
  const auto low = classic::easterling_2018(90.54, 66.3 / 88.4);
  const auto high = classic::easterling_2018(90.54, 2 * 66.3 / 88.4);
  CHECK(low.parameters.cl_L_per_h.value == Approx(3.38).epsilon(1e-14));
  CHECK(high.parameters.cl_L_per_h.value == Approx(3.38 * 1.553).epsilon(1e-14));
  CHECK(classic::easterling_2018(181.08, 0.75).parameters.v_central_L.value ==
        Approx(65.3 * std::exp(-0.426)).epsilon(1e-14));
  CHECK(high.publication.notes.front().find("against physiology") != std::string::npos);
}

TEST_CASE("Chuan 2001 is marked as recalled, in its notes and in its source") {
  const auto model = classic::chuan_2001();
  CHECK(evidence::reference(model.publication.reference).provenance ==
        evidence::Provenance::recalled);
  CHECK(model.publication.notes.front().find("RECALLED") == 0);
}

TEST_CASE("without a baseline the model of 2002 shows the rise alone") {
  CHECK(predicted(classic::clin_pharmacokinet_2002(), {look(0)}).c(0) == 0);
}

TEST_CASE("people whom no formula fits are refused") {
  CHECK_THROWS_AS(classic::salinger_2013(5, 0.8), InputError);
  CHECK_THROWS_AS(classic::easterling_2018(70, 66), InputError);  // umol/L for mg/dL
  CHECK_THROWS_AS(classic::clin_pharmacokinet_2002(20.8), InputError);
}

TEST_CASE("each number of the table has a source and stands in one of the models") {
  for (const auto& row : evidence::classic_models) {
    CAPTURE(row.model);
    CHECK(!evidence::reference(row.reference).key.empty());
    CHECK(classic::published_number(row.model, row.name).value == row.value);
  }
  CHECK_THROWS_AS(classic::published_number("salinger_2013", "q_L_per_h"), InputError);
}
