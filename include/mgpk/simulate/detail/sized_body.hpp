// A body with as many slots as there are sources, each with the numbers of its salt.
#pragma once

#include <cstddef>
#include <vector>

#include <mgpk/body/body.hpp>
#include <mgpk/body/person.hpp>
#include <mgpk/dose/salts.hpp>
#include <mgpk/evidence/values.hpp>
#include <mgpk/simulate/sources.hpp>

namespace mgpk::simulation::detail {

template <std::size_t Sources, class Real>
body::Body<Sources, Real> body_for(const body::BodyParameters<Real>& parameters,
                                   const evidence::Values<Real>& values,
                                   const std::vector<Source>& sources) {
  body::Body<Sources, Real> model;
  model.parameters = parameters;
  for (std::size_t i = 0; i < Sources; ++i) {
    const auto& source = sources[i];
    if (i == 0) {
      model.sources[i] = body::source_parameters(values, dose::Dissolution::food);
    } else {
      const auto& salt = dose::salt(source.salt);
      model.sources[i] = body::source_parameters(values, salt.dissolution, body::ligand_of(salt));
    }
    model.labels[i] = source.name;
  }
  model.labels[Sources] = "endogenous";
  return model;
}

}  // namespace mgpk::simulation::detail
