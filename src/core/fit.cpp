// Compiled once, for all users of mgpk::core.
#include <mgpk/study/fit/detail/classic_predictor.hpp>
#include <mgpk/study/fit/detail/mixed_model.hpp>
