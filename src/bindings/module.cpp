// mgpk._core: the C++ library as Python sees it. The package mgpk gives it its face.
#include "bindings.hpp"

#include <mgpk/version.hpp>

PYBIND11_MODULE(_core, module) {
  using namespace mgpk::bindings;
  module.doc() = "The compiled part of mgpk; use the names of the package mgpk instead.";
  module.attr("version") = mgpk::version;
  bind_errors(module);
  bind_subject(module);
  bind_schedule(module);
  bind_options(module);
  bind_trajectory(module);
  bind_history(module);
  bind_run(module);
  bind_evidence(module);  // after the runs, which its signatures name
  bind_loading_test(module);
  bind_isotopes(module);
  bind_sweep(module);
  bind_many(module);
  bind_study(module);
  bind_people(module);
  bind_dataset(module);
  bind_classic(module);
  bind_fit(module);  // after the data sets, which its signatures name
  bind_slopes(module);
  bind_nca(module);
  bind_claims(module);
  bind_document(module);
  bind_effects(module);
}
