// A sweep over very many subjects of the reference problem: what the GPU and the processor are both
// asked for. Plain numbers only, for two compilers meet here.
#pragma once

#include <cstddef>
#include <vector>

#include "../rivals/settings.hpp"

namespace gpu {

/// A dose every 12 h for 14 days, the amounts at the end of every 12 h before the next dose.
struct Plan {
  double dose_every_h = 12.0;
  std::size_t n_doses = 28;
};

struct Tolerance {
  double relative;
  double absolute_mmol;
};

/// Amounts as [dose][state][subject], so that neighbours on a GPU write side by side.
using Amounts = std::vector<double>;

inline std::size_t place(std::size_t n_subjects, std::size_t dose, std::size_t state,
                         std::size_t subject) {
  return (dose * rivals::n_states + state) * n_subjects + subject;
}

/// What a solve took, in seconds on the clock.
struct Taken {
  double solving_s;  ///< from subjects to amounts where they are solved
  double copying_s;  ///< to the device and back; 0 on the processor
};

/// By the explicit stepper of order 5, one thread to a subject. Throws std::runtime_error with the
/// reason where the device refuses.
Taken solve_on_gpu(const rivals::Subjects& subjects, const Plan& plan, Tolerance tolerance,
                   Amounts& amounts);
/// Name of the device that is used.
const char* name_of_gpu();

/// By ode::solve_ensemble on so many threads, at order 5; `with_chain` solves the stomach exactly.
Taken solve_on_cpu(const rivals::Subjects& subjects, const Plan& plan, Tolerance tolerance,
                   std::size_t n_threads, bool with_chain, Amounts& amounts);
/// At order 8 and 1e-12, for the errors of the others.
Amounts reference_of(const rivals::Subjects& subjects, const Plan& plan);

}  // namespace gpu
