// Compiled once, for all users of mgpk::core.
#include <mgpk/people/detail/bands.hpp>
#include <mgpk/people/detail/ensemble.hpp>
#include <mgpk/people/detail/person.hpp>
#include <mgpk/people/detail/population.hpp>
#include <mgpk/people/detail/read_outs.hpp>
#include <mgpk/people/detail/uncertainty.hpp>
