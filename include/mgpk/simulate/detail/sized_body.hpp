// The body of a problem: as many slots as it has sources, each with the numbers of its salt.
#pragma once

#include <cstddef>

#include <mgpk/body/body.hpp>
#include <mgpk/body/person.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/simulate/solve.hpp>

namespace mgpk::simulation::detail {

template <std::size_t Sources>
body::Body<Sources> body_for(const Problem& problem) {
  body::Body<Sources> model;
  model.parameters = problem.parameters;
  for (std::size_t i = 0; i < Sources; ++i) {
    const auto& source = problem.sources[i];
    if (i == 0) {
      model.sources[i] = body::source_parameters(problem.values, dose::Dissolution::food);
    } else {
      const auto& salt = dose::salt(source.salt);
      model.sources[i] =
          body::source_parameters(problem.values, salt.dissolution, body::ligand_of(salt));
    }
    model.labels[i] = source.name;
  }
  model.labels[Sources] = "endogenous";
  return model;
}

}  // namespace mgpk::simulation::detail
