// The two ways in which amounts move: the closed form, and the same flows through the solver.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <mgpk/classic/closed_form.hpp>
#include <mgpk/classic/constant_input.hpp>
#include <mgpk/classic/covariates.hpp>
#include <mgpk/classic/cycle.hpp>
#include <mgpk/classic/flows.hpp>
#include <mgpk/error.hpp>
#include <mgpk/ode/integrator.hpp>
#include <mgpk/ode/periodic.hpp>

namespace mgpk::classic {

namespace detail {

/// Why a regimen leads to no steady state.
inline ode::Status no_steady_state(const Parameters<double>& p, double rate) {
  ode::Status status;
  status.code = ode::StatusCode::no_fixed_point;
  status.state_name = "the central amount";
  status.value = std::numeric_limits<double>::infinity();
  status.advice = "no steady state exists: " + text_of(rate) + " per hour come in and ";
  status.advice += p.cl_L_per_h > 0          ? "leave too slowly to be told from never"
                   : p.vmax_amount_per_h > 0 ? "at most " + text_of(p.vmax_amount_per_h) + " leave"
                                             : "nothing leaves";
  status.advice += "; lower the dose, lengthen the interval, or give elimination";
  return status;
}

inline bool all_finite(const Amounts& x) {
  return std::all_of(x.begin(), x.end(), [](double a) { return std::isfinite(a); });
}

}  // namespace detail

/// The closed form, worked out anew only when the numbers change.
class ExactMover {
 public:
  explicit ExactMover(const Layout& at) : at_(at) {}

  ode::Status advance(Amounts& x, const Amounts& rates, const Stretch& stretch, double from_h,
                      double to_h) {
    form_of(stretch.from).advance(x, rates, to_h - from_h);
    if (detail::all_finite(x)) return {.t_h = to_h};
    return {ode::StatusCode::not_finite,
            from_h,
            at_.central(),
            "an amount",
            "look at the numbers of the model",
            std::numeric_limits<double>::quiet_NaN()};
  }

  ode::Status settle(const Parameters<double>& p, const timeline::Regimen& regimen, Amounts& x) {
    if (regimen.is_constant()) {
      x = amounts_at_rest(at_, p, regimen.compartment, regimen.rate);
      return detail::all_finite(x) ? ode::Status{} : detail::no_steady_state(p, regimen.rate);
    }
    const Cycle cycle = cycle_of(regimen);
    const bool found = form_of(p).settle(cycle, regimen.since_last_h, x) && detail::all_finite(x);
    return found ? ode::Status{} : detail::no_steady_state(p, cycle.mean_rate());
  }

 private:
  const ClosedForm& form_of(Parameters<double> p) {
    p.scale = p.c_baseline_amount_per_L = 0;  // they move nothing
    if (!form_ || !(p == known_)) form_.emplace(at_, known_ = p);
    return *form_;
  }

  Layout at_;
  Parameters<double> known_{};
  std::optional<ClosedForm> form_{};
};

/// The flows as the solver wants them: piecewise constant rates, numbers fixed or on a line.
template <std::size_t N>
struct CompartmentSystem {
  static constexpr std::size_t n_states = N;
  static constexpr bool states_are_non_negative = true;

  Layout at{};
  Stretch stretch{};
  std::array<double, N> rates{};

  template <class Real>
  void derivatives(const Real& t_h, const ode::State<Real, N>& x, ode::State<Real, N>& dxdt) const {
    if constexpr (std::is_same_v<Real, double>) {
      if (!stretch.moves) return flows(at, stretch.from, rates, x, dxdt);
    }
    flows(at, numbers(t_h), rates, x, dxdt);
  }

  std::string state_name(std::size_t i) const {
    const auto names = at.state_names();
    return i < names.size() ? names[i] : "an unused state";
  }

 private:
  template <class Real>
  Parameters<Real> numbers(const Real& t_h) const {
    const double length_h = stretch.to_h - stretch.from_h;
    const Real f = length_h > 0 ? Real((t_h - stretch.from_h) / length_h) : Real(0.0);
    Parameters<Real> p;
    for (std::size_t i = 0; i < n_parameters; ++i) {
      const double from = stretch.from.*parameter_members<double>[i];
      const double to = stretch.to.*parameter_members<double>[i];
      p.*parameter_members<Real>[i] = from == to ? Real(from) : Real(from + (to - from) * f);
    }
    return p;
  }
};

/// The solver for models of up to N states.
template <std::size_t N>
class SolverMover {
 public:
  SolverMover(const Layout& at, const ode::Options& options) : options_(options) {
    system_.at = at;
  }
  // The integrator refers to the system beside it; a mover travels before its first use.
  SolverMover(const SolverMover& other) : options_(other.options_), system_(other.system_) {}
  SolverMover& operator=(const SolverMover&) = delete;

  ode::Status advance(Amounts& x, const Amounts& rates, const Stretch& stretch, double from_h,
                      double to_h) {
    system_.stretch = stretch;
    std::copy_n(rates.begin(), N, system_.rates.begin());
    if (!integrator_ || integrator_->t_h() != from_h)
      integrator_.emplace(system_, cut(x), from_h, options_);
    else
      integrator_->set_state(cut(x));
    ode::Status status = integrator_->advance(to_h);
    std::copy_n(integrator_->state().begin(), N, x.begin());
    return status;
  }

  ode::Status settle(const Parameters<double>& p, const timeline::Regimen& regimen, Amounts& x) {
    const bool constant = regimen.is_constant();
    const Cycle cycle = constant ? Cycle{} : cycle_of(regimen);
    const double rate = constant ? regimen.rate : cycle.mean_rate();
    x = amounts_at_rest(system_.at, p, regimen.compartment, rate);
    if (!detail::all_finite(x)) return detail::no_steady_state(p, rate);
    if (constant) return {};
    CompartmentSystem<N> system{system_.at, {p, p, 0, 0, false}, {}};
    if (ode::Status status = close_the_cycle(system, cycle, x); !status.ok()) return status;
    if (regimen.since_last_h >= cycle.interval_h) return {};
    return run(system, cycle, regimen.since_last_h, x);
  }

 private:
  static ode::State<double, N> cut(const Amounts& x) {
    ode::State<double, N> state{};
    std::copy_n(x.begin(), N, state.begin());
    return state;
  }

  /// The cycle is solved more tightly than the rest: its error is divided by what a cycle forgets.
  ode::Options tight() const {
    ode::Options o = options_;
    o.relative_tolerance = std::clamp(1e-2 * o.relative_tolerance, 1e-13, 1e-11);
    o.absolute_tolerance = options_.absolute_tolerance * 1e-2;
    return o;
  }

  ode::Status run(CompartmentSystem<N>& system, const Cycle& cycle, double until_h,
                  Amounts& x) const {
    const std::size_t state = system.at.state_of(cycle.compartment);
    ode::Status status;
    run_cycle(
        cycle, until_h, [&](double amount) { x[state] += amount; },
        [&](double rate, double h) {
          system.rates[state] = rate;
          ode::Integrator<CompartmentSystem<N>> integrator(system, cut(x), 0.0, tight());
          status = integrator.advance(h);
          std::copy_n(integrator.state().begin(), N, x.begin());
          return status.ok();
        });
    return status;
  }

  /// Newton's method on the map of one interval, from the rest under the mean rate on.
  ode::Status close_the_cycle(CompartmentSystem<N>& system, const Cycle& cycle, Amounts& x) const {
    const std::size_t n = system.at.n_states();
    const auto map = [&](const std::vector<double>& start, std::vector<double>& end) {
      Amounts amounts{};
      std::copy(start.begin(), start.end(), amounts.begin());
      ode::Status status = run(system, cycle, cycle.interval_h, amounts);
      std::copy_n(amounts.begin(), n, end.begin());
      return status;
    };
    ode::PeriodicOptions how;
    how.tolerance = 10 * tight().relative_tolerance;
    how.floor = 1e-3 * cycle.mean_rate() * cycle.interval_h;
    const std::vector<double> start(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n));
    const ode::Periodic found = ode::find_periodic(map, start, std::vector<bool>(n, true), how);
    std::copy(found.state.begin(), found.state.end(), x.begin());
    // The last digits of the map are noise: a search that stalls there has arrived.
    if (found.contraction < 1 && found.residual <= 100 * how.tolerance) return {};
    return found.status;
  }

  ode::Options options_;
  CompartmentSystem<N> system_;
  std::optional<ode::Integrator<CompartmentSystem<N>>> integrator_{};
};

}  // namespace mgpk::classic
