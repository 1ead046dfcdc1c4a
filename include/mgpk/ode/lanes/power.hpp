// pow of lanes: x^y = exp(y·log(x)), with the logarithm and the product in two numbers each.
//
// Within 2 units in the last place of the true value for |y| up to 100; beyond, the error may grow
// in proportion to |y|. pow(x, 0) is 1, otherwise NaN gives NaN, and so does 1 to an infinite
// power. A negative x gives NaN, unless y is one whole number for all lanes. Small results are as
// exp has them.
#pragma once

#include <cmath>
#include <cstddef>
#include <type_traits>

#include <mgpk/ode/lanes/exponential.hpp>
#include <mgpk/ode/lanes/logarithm.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

/// A number as the sum of two, the second below half a unit in the last place of the first.
template <std::size_t Width>
struct Sum {
  Lanes<Width> high, low;
};
/// a + b, where |a| is greater than |b| or zero.
template <std::size_t Width>
MGPK_LANES Sum<Width> sum_of(const Lanes<Width>& a, const Lanes<Width>& b) {
  const Lanes<Width> high = a + b;
  return {high, b - (high - a)};
}
/// What rounding took off a·b, of which `product` is the rounded one.
template <std::size_t Width>
MGPK_LANES Lanes<Width> lost_of_product(const Lanes<Width>& a, const Lanes<Width>& b,
                                        const Lanes<Width>& product) {
  using Number = Lanes<Width>;
  if constexpr (has_fma) {
    return fma(a, b, -product);
  } else {
    // By halves of 26 bits, whose products are exact (Dekker).
    constexpr double split = 0x1p27 + 1;
    const Number a_high = a * split - (a * split - a), a_low = a - a_high;
    const Number b_high = b * split - (b * split - b), b_low = b - b_high;
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
  }
}

#if MGPK_NATIVE_LANES == 8
/// log(x) of a positive finite x with some 62 bits after the point
template <std::size_t Width>
MGPK_LANES Sum<Width> log_in_two(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  const Apart<Width> parts = apart(x);
  const Number product = parts.m * parts.c;
  const Number r = product - 1.0;
  // What m·c lost counts by the logarithm's slope, 1/(1 + r).
  const Number lost_of_r = fma(parts.m, parts.c, -product);
  const Number lost = fma(-r, lost_of_r, lost_of_r);
  // As in log_of, with one term more: the error is below 2^-61 of log(1 + r).
  const Number r2 = r * r, r4 = r2 * r2;
  const Number q01 = fma(r, 0x1.5555555555556p-2, -0.5);
  const Number q23 = fma(r, 0x1.9999999997bc4p-3, -0x1.ffffffffff3a3p-3);
  const Number q45 = fma(r, 0x1.24924937ee86fp-3, -0x1.55555560b7cf9p-3);
  const Number q67 = fma(r, 0x1.c71bbd6d61fb1p-4, -0x1.ffff7752503dbp-4);
  const Number q89 = fma(r, 0x1.75e18ade06f54p-4, -0x1.9b0020cf0fd15p-4);
  const Number q = fma(r4, fma(r4, q89, fma(r2, q67, q45)), fma(r2, q23, q01));
  const Sum<Width> sum = sum_of(fma(parts.k, ln2_high, parts.minus_log_c), r);
  const Number tail = sum.low + fma(r2, q, fma(parts.k, ln2_low, lost));
  // Of an infinite logarithm the tail is NaN.
  return sum_of(sum.high, select(abs(tail) < 1.0, tail, Number(0.0)));
}
#else
template <std::size_t Width>
MGPK_LANES Sum<Width> log_in_two(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  const Usual<Width> number = usual(x);
  const Apart<Width> parts = apart(number.normal, number.bias);
  const Number f = parts.m - 1.0;
  const Number below = 2.0 + f;
  const Number s = f / below;
  const Number product = s * below;
  // f - s·(2 + f), whose last term lost bits itself; 1/(2 + f) is (1 - s)/2.
  const Number rest = (f - product) - lost_of_product(s, below, product) - s * (f - (below - 2.0));
  const Number z = s * s;
  // What s lost counts twice, by the slope of the inverse tangent, 1/(1 - z).
  const Number lost_of_s = rest * (1.0 - s);
  const Number lost = fma(z, lost_of_s, lost_of_s);
  const Sum<Width> sum = sum_of(parts.k * ln2_high, 2.0 * s);
  const Sum<Width> log =
      sum_of(sum.high, sum.low + fma(s * z, log_q(z), fma(parts.k, ln2_low, lost)));
  return {mended(number, log.high), log.low};
}

#endif

/// exp(y·log)
template <std::size_t Width>
MGPK_LANES Lanes<Width> power_of(const Sum<Width>& log, const Lanes<Width>& y) {
  using Number = Lanes<Width>;
  const Number high = y * log.high;
  const Number low = fma(y, log.low, lost_of_product(y, log.high, high));
  Reduced<Width> x = reduced_for_exp(high);
  // Beyond all bounds it is too large, and NaN where the product is infinite.
  x.r += select(abs(low) < 1.0, low, Number(0.0));
  return select(y == 0.0, Number(1.0), exp_of(x));
}

}  // namespace registers

template <std::size_t Width>
MGPK_LANES Lanes<Width> pow(const Lanes<Width>& x, const Lanes<Width>& y) {
  return registers::in_pieces<Width>(
      [](const auto& a, const auto& b)
          MGPK_INLINED { return registers::power_of(registers::log_in_two(a), b); },
      x, y);
}

template <std::size_t Width>
MGPK_LANES Lanes<Width> pow(double x, const Lanes<Width>& y) {
  const auto one = registers::log_in_two(Lanes<1>(x));
  return registers::in_pieces<Width>(
      [&](const auto& b) MGPK_INLINED {
        using Piece = std::remove_cvref_t<decltype(b)>;
        return registers::power_of(registers::Sum<Piece::width>{one.high[0], one.low[0]}, b);
      },
      y);
}

/// The same exponent in all lanes: the small whole ones by multiplication, 1/2 by the root.
template <std::size_t Width>
MGPK_LANES Lanes<Width> pow(const Lanes<Width>& x, double y) {
  using Number = Lanes<Width>;
  if (y == 0.0) return 1.0;
  if (y == 0.5) return sqrt(x);
  if (y == 1.0) return x;
  if (y == 2.0) return x * x;
  if (y == 3.0) return x * x * x;
  if (y == 4.0) return (x * x) * (x * x);
  if (y == -1.0) return 1.0 / x;
  if (y == -2.0) return 1.0 / (x * x);
  if (std::trunc(y) != y) return pow(x, Number(y));
  const Number size = pow(abs(x), Number(y));
  return std::abs(std::fmod(y, 2.0)) == 1.0 ? registers::with_sign_of(size, x) : size;
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
