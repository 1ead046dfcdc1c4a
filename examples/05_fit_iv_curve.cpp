// A fit to a published mean curve: 20 mmol into a vein after cardiac surgery (Biesenbach 2018).
//
// The patients start loaded, at 1.04 mmol/L, not in a steady state. Three numbers are estimated
// from three plasma values and one urine collection, so little is left to judge the fit by.
#include <cmath>
#include <cstdio>

#include <unsupported/Eigen/NonLinearOptimization>
#include <unsupported/Eigen/NumericalDiff>

#include <mgpk/mgpk.hpp>

namespace {

/// Residuals in units of each value's spread (a quarter of the published interquartile range, or a
/// tenth of the collection); GFR and the two volumes are on a log scale, which keeps them positive.
struct Misfit {
  using Scalar = double;
  using InputType = Eigen::VectorXd;
  using ValueType = Eigen::VectorXd;
  using JacobianType = Eigen::MatrixXd;
  enum { InputsAtCompileTime = Eigen::Dynamic, ValuesAtCompileTime = Eigen::Dynamic };
  int inputs() const { return 3; }
  int values() const { return 4; }

  int operator()(const Eigen::VectorXd& logs, Eigen::VectorXd& residuals) const {
    mgpk::Subject patient;
    patient.allow_outside_range = true;
    patient.gfr_mL_per_min = std::exp(logs[0]);
    patient.parameters = {{"v_plasma_L_per_kg", std::exp(logs[1])},
                          {"v_interstitial_L_per_kg", std::exp(logs[2])}};
    mgpk::Schedule plan;
    plan.iv("sulfate", mgpk::mmol(20), {.over_h = 0.5});
    const auto run = mgpk::simulate(patient, plan,
                                    {.times_h = {0, 1, 6, 12},
                                     .with_baseline = false,
                                     .start_c_plasma_total_mmol_per_L = 1.04});
    const auto c = run.trajectory.column("c_plasma_total_mmol_per_L");
    const double urine = run.trajectory.at(3, "a_urine_mmol");
    residuals << (c[1] - 1.72) / 0.14, (c[2] - 1.27) / 0.04, (c[3] - 1.16) / 0.03,
        (urine - 19.1) / 1.9;
    return 0;
  }
};

}  // namespace

int main() {
  Eigen::VectorXd logs(3);
  logs << std::log(90.0), std::log(0.1057), std::log(0.3029);
  Eigen::NumericalDiff<Misfit> misfit(Misfit{}, 1e-10);
  Eigen::LevenbergMarquardt<Eigen::NumericalDiff<Misfit>> search(misfit);
  search.minimize(logs);
  std::printf("GFR            %8.1f mL/min\n", std::exp(logs[0]));
  std::printf("plasma volume  %8.4f L/kg\n", std::exp(logs[1]));
  std::printf("interstitium   %8.4f L/kg\n", std::exp(logs[2]));
  const char* names[] = {"plasma 1 h", "plasma 6 h", "plasma 12 h", "urine 12 h"};
  for (int i = 0; i < 4; ++i)
    std::printf("%-12s %+6.2f spreads from the published value\n", names[i], search.fvec[i]);
  std::puts(mgpk::disclaimer.data());
}
