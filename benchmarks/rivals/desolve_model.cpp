// The reference problem as R's deSolve calls compiled models; desolve_lsoda.R loads it.
#include <algorithm>
#include <array>

#include "reference_problem.hpp"

namespace {
rivals::ReferenceProblem<double> problem;
std::array<double, 19> numbers;  // in the order of `typical` in desolve_lsoda.R
}  // namespace

extern "C" void start_model(void (*get)(int*, double*)) {
  int n = static_cast<int>(numbers.size());
  get(&n, numbers.data());
  const auto& p = numbers;
  problem = {p[0],  p[1],  p[2],  p[3],  p[4],  p[5],  p[6],  p[7],  p[8], p[9],
             p[10], p[11], p[12], p[13], p[14], p[15], p[16], p[17], p[18]};
}

extern "C" void slope(const int*, const double* t_h, const double* x, double* dxdt, double*, int*) {
  std::array<double, 8> at, result;
  std::copy(x, x + at.size(), at.begin());
  problem.derivatives(*t_h, at, result);
  std::copy(result.begin(), result.end(), dxdt);
}
