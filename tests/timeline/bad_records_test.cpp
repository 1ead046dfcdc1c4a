// What the rules of dosing refuse: the rule, the value, and what to do.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <mgpk/error.hpp>

#include "dose_records.hpp"

using namespace mgpk;
using namespace mgpk::tests;

namespace {

std::string complaint(record::Record r, timeline::DoseAttributes a = {}) {
  try {
    timelines({r, look_at(1000)}, a);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was refused";
}

record::Record observed(double amount, double rate) {
  record::Record r = look_at(0);
  r.amount = amount;
  r.rate = rate;
  return r;
}

record::Record into(int compartment) {
  record::Record r = dose_at(0, 1);
  r.compartment = compartment;
  return r;
}

}  // namespace

TEST_CASE("amounts, rates and intervals that break a rule are refused") {
  CHECK(complaint(dose_at(0, 0)) ==
        "a dose needs AMT > 0 (row 1), but it is 0; give its amount, or make the record an "
        "observation (EVID 0) or other event (EVID 2)");
  CHECK(complaint(dose_at(0, -2)) ==
        "AMT (row 1) must be finite and not negative, but it is -2; give the amount of the dose");
  CHECK(complaint(with_rate(dose_at(0, 2), -3)) ==
        "RATE must be 0, positive, -1 or -2 (row 1), but it is -3; give amount per hour");
  CHECK(complaint(repeated(dose_at(0, 2), 0, 3)) ==
        "ADDL needs II > 0 (row 1), but it is 0; give the interval");
  CHECK(
      complaint(repeated(dose_at(0, 2), 1, -1)) ==
      "ADDL must lie between 0 and 100000 (row 1), but it is -1; give the number of further doses");
  CHECK(complaint(repeated(dose_at(0, 2), -4, 0)) ==
        "II (row 1) must be finite and not negative, but it is -4; give the interval in hours");
}

TEST_CASE("steady states that cannot be are refused") {
  CHECK(
      complaint(at_steady_state(dose_at(0, 2), 0)) ==
      "SS needs II > 0 (row 1), but it is 0; give the interval; only an infusion without end (AMT "
      "0, RATE > 0) has none");
  CHECK(
      complaint(at_steady_state(dose_at(0, 2), 8, 3)) ==
      "SS must be 0, 1 or 2 (row 1), but it is 3; 1 replaces what was given before, 2 adds to it");
  auto endless = at_steady_state(with_rate(dose_at(0, 0), 5), 0);
  endless.n_additional = 2;
  CHECK(complaint(endless) ==
        "an infusion without end has no further doses, ADDL = 0 (row 1), but it is 2; leave ADDL "
        "out");
  CHECK(complaint(at_steady_state(with_rate(dose_at(0, 0), -1), 0)) ==
        "the rate of an infusion without end (row 1) must be finite and positive, but it is nan; "
        "give RATE > 0, or RATE = -1 and a modelled rate");
}

TEST_CASE("modelled rates, lags and bioavailabilities that are missing or wrong are refused") {
  CHECK(complaint(with_rate(dose_at(0, 2), -2)) ==
        "the modelled duration D of RATE = -2 (row 1) must be finite and positive, but it is nan; "
        "give the model a duration for this compartment");
  CHECK(complaint(with_rate(dose_at(0, 2), -1)) ==
        "the modelled rate R of RATE = -1 (row 1) must be finite and positive, but it is nan; give "
        "the model a rate for this compartment");
  CHECK(complaint(dose_at(0, 2), lagged(-1)) ==
        "the lag (row 1) must be finite and not negative, but it is -1; give hours");
  CHECK(complaint(dose_at(0, 2), available(-0.1)) ==
        "the bioavailability F (row 1) must be finite and not negative, but it is -0.1; give 0 or "
        "more");
}

TEST_CASE("compartments, times and hidden doses that are wrong are refused") {
  const std::string no_such =
      "CMT must name a compartment of the model, 1 to 2 (row 1), but it is ";
  CHECK(complaint(into(3)) ==
        no_such + "3; compartments cannot be turned off; give the number of one");
  CHECK(complaint(into(-1)) ==
        no_such + "-1; compartments cannot be turned off; give the number of one");
  CHECK(complaint(dose_at(std::nan(""), 1)) ==
        "TIME must be finite (row 1), but it is nan; give hours");
  CHECK(complaint(observed(5, 0)) ==
        "AMT and RATE must be 0 unless EVID is 1 or 4 (row 1), but it is 5; set EVID to 1, or take "
        "the dose out");
  CHECK(complaint(observed(0, 3)) ==
        "AMT and RATE must be 0 unless EVID is 1 or 4 (row 1), but it is 3; set EVID to 1, or take "
        "the dose out");
}
