// From a number of sources, known when a program runs, to the body compiled for it.
#pragma once

#include <cstddef>

namespace mgpk::simulation::detail {

/// What `work.operator()<Sources>()` gives for so many sources, 1 to 4.
template <class Work>
decltype(auto) by_size(std::size_t n_sources, Work&& work) {
  switch (n_sources) {
    case 1:
      return work.template operator()<1>();
    case 2:
      return work.template operator()<2>();
    case 3:
      return work.template operator()<3>();
    default:
      return work.template operator()<4>();
  }
}

}  // namespace mgpk::simulation::detail
