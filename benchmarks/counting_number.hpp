// A number that counts the floating-point operations done with it: the model's and the stepper's
// own templates run on it as on lanes.
#pragma once

#include <cmath>
#include <cstddef>

#include <mgpk/ode/lanes/instruction_set.hpp>

namespace bench {

/// Instructions by kind; what moves, compares or chooses is not arithmetic and not counted.
struct Operations {
  double n_fused = 0.0;      ///< a·b + c in one
  double n_simple = 0.0;     ///< one + - or *
  double n_divisions = 0.0;  ///< and square roots: neither goes through the units of the peak

  double flops() const { return 2.0 * n_fused + n_simple + n_divisions; }
  double instructions() const { return n_fused + n_simple; }
  void add(const Operations& more) {
    n_fused += more.n_fused;
    n_simple += more.n_simple;
    n_divisions += more.n_divisions;
  }
};

/// What lanes/exponential.hpp and lanes/logarithm.hpp do for one number.
inline constexpr Operations exp_of_lanes =
    mgpk::ode::native_lanes == 8 ? Operations{9.0, 2.0, 0.0} : Operations{14.0, 4.0, 0.0};
inline constexpr Operations log_of_lanes =
    mgpk::ode::native_lanes == 8 ? Operations{12.0, 3.0, 0.0} : Operations{9.0, 8.0, 1.0};

struct CountingNumber {
  double value = 0.0;

  inline static Operations total{};

  CountingNumber() = default;
  CountingNumber(double number) : value(number) {}

  friend CountingNumber operator-(const CountingNumber& a) { return -a.value; }
  friend CountingNumber operator+(const CountingNumber& a, const CountingNumber& b) {
    ++total.n_simple;
    return a.value + b.value;
  }
  friend CountingNumber operator-(const CountingNumber& a, const CountingNumber& b) {
    ++total.n_simple;
    return a.value - b.value;
  }
  friend CountingNumber operator*(const CountingNumber& a, const CountingNumber& b) {
    ++total.n_simple;
    return a.value * b.value;
  }
  friend CountingNumber operator/(const CountingNumber& a, const CountingNumber& b) {
    ++total.n_divisions;
    return a.value / b.value;
  }
  CountingNumber& operator+=(const CountingNumber& b) { return *this = *this + b; }
  CountingNumber& operator-=(const CountingNumber& b) { return *this = *this - b; }
  friend bool operator<(const CountingNumber& a, const CountingNumber& b) {
    return a.value < b.value;
  }
  friend CountingNumber select(bool yes, const CountingNumber& a, const CountingNumber& b) {
    return yes ? a : b;
  }
  friend CountingNumber fma(const CountingNumber& a, const CountingNumber& b,
                            const CountingNumber& c) {
    ++total.n_fused;
    return std::fma(a.value, b.value, c.value);
  }
  friend CountingNumber sqrt(const CountingNumber& a) {
    ++total.n_divisions;
    return std::sqrt(a.value);
  }
  friend CountingNumber exp(const CountingNumber& a) {
    total.add(exp_of_lanes);
    return std::exp(a.value);
  }
  friend CountingNumber log(const CountingNumber& a) {
    total.add(log_of_lanes);
    return std::log(a.value);
  }
};

/// A parameter: what is divided by it is multiplied by its inverse, as lanes do.
struct CountingConstant : CountingNumber {
  using CountingNumber::CountingNumber;

  friend CountingNumber operator/(const CountingNumber& a, const CountingConstant& b) {
    ++total.n_simple;
    return a.value / b.value;
  }
};

/// What `work` did.
template <class Work>
Operations operations_of(Work&& work) {
  CountingNumber::total = {};
  work();
  return CountingNumber::total;
}

}  // namespace bench
