// A stranger's program: it must build against the installed headers and nothing else of ours.
#include <array>
#include <cmath>
#include <iostream>

#include <mgpk/mgpk.hpp>

double absorbed_mmol(const char* salt);  // of other.cpp, which includes the same headers

// A model of one's own goes through the same solver.
struct Decay {
  static constexpr std::size_t n_states = 1;
  template <class Real>
  void derivatives(Real, const mgpk::ode::State<Real, 1>& x,
                   mgpk::ode::State<Real, 1>& dxdt) const {
    dxdt[0] = -0.5 * x[0];
  }
};

int main() {
  const auto decay = mgpk::ode::solve(Decay{}, {1.0}, std::array{0.0, 2.0});
  const double error = decay.states.back()[0] - std::exp(-1.0);
  const double citrate_mmol = absorbed_mmol("citrate");
  std::cout << "mgpk " << mgpk::version << ": citrate, absorbed in a day: " << citrate_mmol
            << " mmol; error of the decay: " << error << '\n';
  return citrate_mmol > 0.1 && std::abs(error) < 1e-6 ? 0 : 1;
}
