// The columns that have a meaning of their own, and the other names under which they come.
#pragma once

#include <array>
#include <string_view>

namespace mgpk::record {

/// What the cells of a column are measured in.
enum class Measure { nothing, time, amount, rate, observation, volume };

struct KnownColumn {
  std::string_view name;
  std::string_view aliases;  ///< with a blank between them; any case, "_" for a blank, dot or dash
  Measure measure = Measure::nothing;
  bool takes_text = false;
  std::string_view meaning;
};

inline constexpr std::array<KnownColumn, 23> known_columns{{
    {"ID", "SUBJECT SUBJECT_ID SUBJ SUBJID USUBJID PATIENT PATIENT_ID", Measure::nothing, true,
     "the person; the rows of a person stand together"},
    {"TIME", "TIMES", Measure::time, true, "a number, a clock time 14:30, or a date with a clock"},
    {"DATE", "", Measure::nothing, true, "the day of TIME: a date or the number of a day"},
    {"AMT", "DOSE AMOUNT DOSE_AMOUNT", Measure::amount, false, "amount of a dose"},
    {"RATE", "INFUSION_RATE", Measure::rate, false,
     "rate of an infusion; 0 bolus, -1 rate of the model, -2 duration of the model"},
    {"II", "TAU DOSING_INTERVAL", Measure::time, false, "interval between doses"},
    {"ADDL", "ADDITIONAL ADDITIONAL_DOSES", Measure::nothing, false, "how many doses follow at II"},
    {"SS", "STEADY_STATE", Measure::nothing, false, "1 steady state instead of, 2 added"},
    {"EVID", "EVENT EVENT_ID", Measure::nothing, false,
     "0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose"},
    {"CMT", "COMPARTMENT CMPT", Measure::nothing, true, "compartment, by number or by name"},
    {"DV", "CONC CONCENTRATION OBSERVATION", Measure::observation, false, "what was observed"},
    {"MDV", "MISSING_DV", Measure::nothing, false, "1 where DV is no observation"},
    {"CENS", "BLQ BLOQ BQL CENSORED", Measure::nothing, false,
     "1 below the limit, -1 above it, 0 neither"},
    {"LLOQ", "LOQ LLQ", Measure::observation, false, "lower limit of quantification"},
    {"OCC", "OCCASION", Measure::nothing, false, "occasion"},
    {"DVID", "YTYPE DVTYPE DVNAME", Measure::nothing, true, "which quantity DV is"},
    {"TIME_END", "END_TIME TEND", Measure::time, false,
     "end of a urine collection that begins at TIME"},
    {"UVOL", "URINE_VOLUME URINE_VOL", Measure::volume, false, "volume of a urine collection"},
    {"SD", "STDEV STD STANDARD_DEVIATION", Measure::observation, false,
     "standard deviation; DV is a mean"},
    {"SE", "SEM STDERR STANDARD_ERROR", Measure::observation, false,
     "standard error; DV is a mean"},
    {"N", "N_SUBJECTS", Measure::nothing, false, "number of persons behind a mean"},
    {"CI_LOW", "CI_LOWER LOWER_CI LCL", Measure::observation, false,
     "lower end of a confidence interval of a mean"},
    {"CI_HIGH", "CI_UPPER UPPER_CI UCL", Measure::observation, false,
     "upper end of a confidence interval of a mean"},
}};

}  // namespace mgpk::record
