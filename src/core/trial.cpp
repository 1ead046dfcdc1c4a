// Compiled once, for all users of mgpk::core.
#include <mgpk/trial/detail/simulate_trial.hpp>
