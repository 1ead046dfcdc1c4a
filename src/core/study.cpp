// Compiled once, for all users of mgpk::core.
#include <mgpk/study/detail/catalogue.hpp>
#include <mgpk/study/detail/predict.hpp>
#include <mgpk/study/detail/report.hpp>
#include <mgpk/study/detail/sensitivity.hpp>
