// SUNDIALS ARKODE: explicit Runge-Kutta methods, stopped at each output.
#include <span>

#include <arkode/arkode_erkstep.h>

#include "sundials_support.hpp"

namespace {

using namespace rivals;
using namespace rivals::sundials;

struct Method {
  const char* name;
  ARKODE_ERKTableID table;
};

class Erk {
 public:
  Erk(Method method, Tolerance tolerance)
      : memory_(ERKStepCreate(right_hand_side, 0.0, state_.handle, context())) {
    check(ERKStepSetTableNum(memory_, method.table), "ERKStepSetTableNum");
    check(ERKStepSStolerances(memory_, tolerance.relative, tolerance.absolute()), "tolerances");
    check(ERKStepSetMaxNumSteps(memory_, -1), "ERKStepSetMaxNumSteps");
    check(ERKStepSetMaxErrTestFails(memory_, 100), "ERKStepSetMaxErrTestFails");
    constexpr int integral_controller = 2, default_factors = 1, by_embedding = 0;
    check(ERKStepSetAdaptivityMethod(memory_, integral_controller, default_factors, by_embedding,
                                     nullptr),
          "ERKStepSetAdaptivityMethod");
  }
  Erk(const Erk&) = delete;
  Erk& operator=(const Erk&) = delete;
  ~Erk() { ERKStepFree(&memory_); }

  void solve(const Subject& subject, const Setting& setting, std::span<double> rows) {
    Subject data = subject;
    check(ERKStepSetUserData(memory_, &data), "ERKStepSetUserData");
    walk(
        setting, state_, rows,
        [&](N_Vector x) {
          check(ERKStepReInit(memory_, right_hand_side, 0.0, x), "ERKStepReInit");
          check(ERKStepSetInitStep(memory_, 0.02), "ERKStepSetInitStep");
        },
        [&](N_Vector x, double to_h) {
          check(ERKStepSetStopTime(memory_, to_h), "stop time");
          double reached_h = 0;
          check(ERKStepEvolve(memory_, to_h, x, &reached_h, ARK_NORMAL), "ERKStepEvolve");
        });
  }

 private:
  Vector state_;
  void* memory_;
};

void measure(Stand& stand) {
  const std::size_t n_subjects = stand.n_at_most(stand.setting.name == "short" ? 50 : 10);
  // Tried and slower: interpolating the outputs, the other controllers, and the methods of order 6
  // and 8, whose error estimates fail here.
  for (const Method method : {Method{"Cash-Karp 5", ARKODE_CASH_KARP_6_4_5},
                              Method{"Dormand-Prince 5", ARKODE_DORMAND_PRINCE_7_4_5}}) {
    for (const Tolerance tolerance : ladder(1e-4, 1e-8, 2, {1e-3})) {
      Erk erk(method, tolerance);
      stand.time_each(std::string(method.name) + ", " + text_of(tolerance), n_subjects,
                      [&](const Subject& subject, std::span<double> rows) {
                        erk.solve(subject, stand.setting, rows);
                      });
    }
  }
}

}  // namespace

int main(int n_arguments, char** arguments) {
  return run_rival(n_arguments, arguments, "SUNDIALS ARKODE explicit", version(), measure);
}
