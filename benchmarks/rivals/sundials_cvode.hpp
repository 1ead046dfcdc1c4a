// SUNDIALS CVODE: multistep methods, started anew at each dose, outputs interpolated.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

#include <cvode/cvode.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include "sundials_support.hpp"

namespace rivals::sundials {

/// By hand, as a careful user would: the library's own differences cost eight more calls.
inline int jacobian(realtype, N_Vector vector, N_Vector, SUNMatrix matrix, void* data, N_Vector,
                    N_Vector, N_Vector) {
  const Subject& p = *static_cast<const Subject*>(data);
  const auto& x = values_of(vector);
  const auto at = [&](int row, int column) -> double& { return SM_ELEMENT_D(matrix, row, column); };
  const double saturation = p.km_mmol / ((p.km_mmol + x[2]) * (p.km_mmol + x[2]));
  const double uptake = p.vmax_mmol_per_h * saturation + p.kp_per_h;
  const double c_free = p.fu * x[4] / p.v_L;
  const double room = p.kr_mmol_per_L + c_free;
  const double surplus = p.gfr_L_per_h * c_free - p.tm_mmol_per_h * c_free / room;
  const double slope = p.gfr_L_per_h - p.tm_mmol_per_h * p.kr_mmol_per_L / (room * room);
  const double excretion = slope * p.fu / p.v_L / (1 + std::exp(-surplus / p.splay_mmol_per_h));
  at(0, 0) = -p.kd_per_h - p.kge_per_h;
  at(1, 0) = p.kd_per_h;
  at(1, 1) = -p.kge_per_h;
  at(2, 1) = p.kge_per_h;
  at(2, 2) = -uptake - p.kt_per_h;
  at(3, 0) = p.kge_per_h;
  at(3, 2) = p.kt_per_h;
  at(3, 3) = -p.kc_per_h - p.kf_per_h;
  at(4, 2) = uptake;
  at(4, 3) = p.kc_per_h;
  at(4, 4) = -p.k56_per_h - p.k57_per_h - excretion;
  at(4, 5) = p.k65_per_h;
  at(4, 6) = p.k75_per_h;
  at(5, 4) = p.k56_per_h;
  at(5, 5) = -p.k65_per_h;
  at(6, 4) = p.k57_per_h;
  at(6, 6) = -p.k75_per_h;
  at(7, 4) = excretion;
  return 0;
}

/// Everything that CVODE keeps; made once, and given one subject after the other.
class Cvode {
 public:
  /// `method`: CV_ADAMS, solved by fixed-point iteration, or CV_BDF, by Newton with our Jacobian.
  Cvode(int method, Tolerance tolerance) : memory_(CVodeCreate(method, context())) {
    check(CVodeInit(memory_, right_hand_side, 0.0, state_.handle), "CVodeInit");
    check(CVodeSStolerances(memory_, tolerance.relative, tolerance.absolute()), "tolerances");
    check(CVodeSetMaxNumSteps(memory_, -1), "CVodeSetMaxNumSteps");
    if (method == CV_ADAMS) {
      fixed_point_ = SUNNonlinSol_FixedPoint(state_.handle, 0, context());
      check(CVodeSetNonlinearSolver(memory_, fixed_point_), "CVodeSetNonlinearSolver");
    } else {
      constexpr auto n = static_cast<sunindextype>(n_states);
      matrix_ = SUNDenseMatrix(n, n, context());
      linear_ = SUNLinSol_Dense(state_.handle, matrix_, context());
      check(CVodeSetLinearSolver(memory_, linear_, matrix_), "CVodeSetLinearSolver");
      check(CVodeSetJacFn(memory_, jacobian), "CVodeSetJacFn");
    }
  }
  Cvode(const Cvode&) = delete;
  Cvode& operator=(const Cvode&) = delete;
  ~Cvode() {
    CVodeFree(&memory_);
    if (fixed_point_ != nullptr) SUNNonlinSolFree(fixed_point_);
    if (linear_ != nullptr) SUNLinSolFree(linear_);
    if (matrix_ != nullptr) SUNMatDestroy(matrix_);
  }

  void solve(const Subject& subject, const Setting& setting, std::span<double> rows) {
    Subject data = subject;
    check(CVodeSetUserData(memory_, &data), "CVodeSetUserData");
    walk(
        setting, state_, rows,
        [&](N_Vector x) { check(CVodeReInit(memory_, 0.0, x), "CVodeReInit"); },
        [&](N_Vector x, double to_h) {
          double reached_h = 0;
          check(CVode(memory_, to_h, x, &reached_h, CV_NORMAL), "CVode");
        });
  }

 private:
  Vector state_;
  void* memory_;
  SUNNonlinearSolver fixed_point_ = nullptr;
  SUNMatrix matrix_ = nullptr;
  SUNLinearSolver linear_ = nullptr;
};

inline int run_cvode(int n_arguments, char** arguments, const std::string& name, int method) {
  return run_rival(n_arguments, arguments, name, version(), [method](Stand& stand) {
    const std::size_t n_subjects = stand.n_at_most(stand.setting.name == "short" ? 50 : 5);
    for (const Tolerance tolerance : ladder(1e-5, 3e-9, 2, {1e-3, 1e-2})) {
      Cvode cvode(method, tolerance);
      stand.time_each(text_of(tolerance), n_subjects,
                      [&](const Subject& subject, std::span<double> rows) {
                        cvode.solve(subject, stand.setting, rows);
                      });
    }
  });
}

}  // namespace rivals::sundials
