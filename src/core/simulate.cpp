// Ready instantiations of the solver for every size of body, so that users compile fast.
#define MGPK_BUILDING_CORE
#include <mgpk/simulate/simulate.hpp>

namespace mgpk::simulation {

#define MGPK_INSTANTIATE_SOLVE(Sources)                                                    \
  template Solved solve<Sources>(const Baseline&, const std::vector<Source>&,              \
                                 const evidence::Values<double>&, const Timeline&,         \
                                 const Options&, const std::vector<double>&);
MGPK_INSTANTIATE_SOLVE(1)
MGPK_INSTANTIATE_SOLVE(2)
MGPK_INSTANTIATE_SOLVE(3)
MGPK_INSTANTIATE_SOLVE(4)

}  // namespace mgpk::simulation
