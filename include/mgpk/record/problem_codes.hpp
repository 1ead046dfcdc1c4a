// Every code that a problem of a data set can have, and what it says.
#pragma once

#include <array>
#include <string_view>

namespace mgpk::record {

struct ProblemCode {
  std::string_view code;
  std::string_view severity;  ///< "error", "warning", or "either"
  std::string_view meaning;
};

inline constexpr std::array<ProblemCode, 45> problem_codes{{
    {"empty_file", "error", "there is no line of names"},
    {"no_header", "error", "the first line has numbers only"},
    {"no_rows", "error", "there is nothing below the names"},
    {"not_utf8", "error", "the bytes are not UTF-8"},
    {"bad_quote", "error", "a quote is not closed, or text follows it"},
    {"ragged_row", "error", "a row has more or fewer cells than there are names"},
    {"missing_column", "error", "there is no column TIME"},
    {"unknown_column", "either",
     "a column that the options name is not there; or a column has no name, looks misspelt, or is "
     "not among the stated covariates"},
    {"duplicate_column", "error", "a name stands twice"},
    {"ambiguous_column", "either",
     "two columns could be the same known one (error), or an alias stands beside the name itself"},
    {"duration_not_read", "error", "a column DUR, DURATION or TINF, which no rule reads"},
    {"mixed_column", "warning", "a covariate has numbers and texts"},
    {"unknown_unit", "error", "the unit of a time or a rate is not known"},
    {"unit_mismatch", "error", "header and options disagree, or RATE and AMT do"},
    {"not_a_number", "error", "a text where a number must be"},
    {"missing_id", "error", "a row without ID"},
    {"id_reappears", "error", "the rows of a person do not stand together"},
    {"missing_time", "error", "a row without TIME"},
    {"bad_time", "error", "a clock time or date that cannot be read"},
    {"bad_date", "error", "a DATE that cannot be read"},
    {"time_backwards", "error", "a time before that of the row above, without a reset"},
    {"bad_evid", "error", "EVID is missing, or not 0 to 4"},
    {"no_doses", "warning", "no row is a dose"},
    {"dose_without_amount", "error", "a dose without an AMT above 0"},
    {"negative_amount", "error", "AMT below 0"},
    {"amount_without_dose", "error", "an AMT where EVID says that nothing is given"},
    {"bad_rate", "error", "RATE below 0, but neither -1 nor -2"},
    {"rate_without_amount", "error", "a RATE without a dose, or without its amount"},
    {"bad_ss", "error", "SS is not 0, 1 or 2"},
    {"bad_addl", "error", "ADDL is no whole number from 0 on"},
    {"bad_interval", "error", "II below 0"},
    {"interval_missing", "error", "ADDL or SS without II"},
    {"interval_unused", "warning", "II without ADDL or SS"},
    {"dose_item_unused", "warning", "II, ADDL or SS in a row that is no dose"},
    {"unknown_compartment", "error", "CMT is none of the compartments"},
    {"bad_occasion", "error", "OCC is no whole number"},
    {"bad_mdv", "error", "MDV is not 0 or 1"},
    {"missing_observation", "error", "MDV is 0 in an observation without DV"},
    {"observation_unused", "warning", "a DV in a row that is no observation"},
    {"bad_censoring", "error", "CENS is not 0, 1 or -1, or LLOQ is below 0"},
    {"below_limit", "warning", "DV is below LLOQ and CENS does not say so"},
    {"bad_collection", "error",
     "a urine collection without end, without length, or with a negative amount or volume"},
    {"bad_spread", "error", "SD, SE, N or a confidence interval that cannot be"},
    {"mean_without_n", "warning", "SD or SE alone, without N"},
    {"bad_ratio", "error", "an isotope ratio that is not above 0, or that has an interval"},
}};

}  // namespace mgpk::record
