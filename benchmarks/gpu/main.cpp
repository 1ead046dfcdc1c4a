// A million subjects on a GPU, beside the same sweep on this machine's processor.
// Usage: gpu_sweep SUBJECTS_CSV [N_SUBJECTS [N_THREADS]]
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>
#include <thread>

#include "sweep.hpp"

namespace {

using namespace gpu;

/// Each number of a subject is that of one of the thousand, drawn anew: no two are alike. Like goes
/// with like, for threads of one warp wait for the slowest.
rivals::Subjects draw(const rivals::Subjects& from, std::size_t n) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::size_t> one(0, from.size() - 1);
  rivals::Subjects drawn(n);
  for (auto& subject : drawn) {
    subject.kd_per_h = from[one(random)].kd_per_h;
    subject.kge_per_h = from[one(random)].kge_per_h;
    subject.vmax_mmol_per_h = from[one(random)].vmax_mmol_per_h;
    subject.kt_per_h = from[one(random)].kt_per_h;
    subject.gfr_L_per_h = from[one(random)].gfr_L_per_h;
    subject.tm_mmol_per_h = from[one(random)].tm_mmol_per_h;
    subject.k56_per_h = from[one(random)].k56_per_h;
  }
  std::sort(drawn.begin(), drawn.end(), [](const auto& a, const auto& b) {
    return a.kd_per_h + a.kge_per_h > b.kd_per_h + b.kge_per_h;
  });
  return drawn;
}

/// Over the first subjects of both, as the reference problem counts it.
double error_of(const Amounts& amounts, std::size_t n, const Amounts& reference,
                std::size_t n_reference, const Plan& plan) {
  double worst = 0;
  for (std::size_t dose = 0; dose < plan.n_doses; ++dose)
    for (std::size_t k = 0; k < rivals::n_states; ++k)
      for (std::size_t i = 0; i < n_reference; ++i) {
        const double exact = reference[place(n_reference, dose, k, i)];
        const double off = std::abs(amounts[place(n, dose, k, i)] - exact);
        const double error = off / std::max(std::abs(exact), 1e-3);
        worst = error <= worst ? worst : error;  // a NaN is the worst
      }
  return worst;
}

void report(const char* who, const Taken& taken, std::size_t n, double error) {
  std::printf("%-34s %8.3f s solving %8.3f s copying %10.0f subject-fortnights/s  error %.1e\n",
              who, taken.solving_s, taken.copying_s,
              static_cast<double>(n) / (taken.solving_s + taken.copying_s), error);
}

void compare(const char* file, std::size_t n, std::size_t n_threads) {
  const Plan plan;
  const rivals::Subjects subjects = draw(rivals::load_subjects(file, 1000), n);
  const std::size_t n_checked = std::min<std::size_t>(n, 2000);
  const rivals::Subjects checked(subjects.begin(),
                                 subjects.begin() + static_cast<std::ptrdiff_t>(n_checked));
  const Amounts reference = reference_of(checked, plan);
  const auto error = [&](const Amounts& amounts) {
    return error_of(amounts, n, reference, n_checked, plan);
  };
  Amounts amounts(n * plan.n_doses * rivals::n_states);
  std::printf("%zu subjects, 14 days, a dose and 8 amounts every 12 h\n", n);
  std::printf("GPU: %s; processor: %zu threads\n", name_of_gpu(), n_threads);
  for (const double relative : {1e-5, 1e-6, 3e-7}) {
    const Tolerance tolerance{relative, 1e-2 * relative};
    std::printf("tolerance %g\n", relative);
    for (int turn = 0; turn < 3; ++turn) {
      const Taken taken = solve_on_gpu(subjects, plan, tolerance, amounts);
      report("GPU, order 5, all states", taken, n, error(amounts));
    }
    Taken taken = solve_on_cpu(subjects, plan, tolerance, n_threads, false, amounts);
    report("processor, order 5, all states", taken, n, error(amounts));
    taken = solve_on_cpu(subjects, plan, tolerance, n_threads, true, amounts);
    report("processor, order 5, chain exact", taken, n, error(amounts));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: gpu_sweep SUBJECTS_CSV [N_SUBJECTS [N_THREADS]]\n");
    return 2;
  }
  try {
    const std::size_t n = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000;
    const std::size_t n_threads =
        argc > 3 ? std::strtoull(argv[3], nullptr, 10) : std::thread::hardware_concurrency();
    compare(argv[1], n, n_threads);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "gpu_sweep: %s\n", problem.what());
    return 1;
  }
}
