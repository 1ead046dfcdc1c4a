// exp, expm1 and tanh of lanes.
//
// x = n·log(2) + r, with n whole (AVX-512: a multiple of 1/16) and r the rest, so that
// e^x = 2^n·(1 + r + r²·q(r)). q is the polynomial of least greatest error (Remez exchange in 200
// bits, coefficients then rounded to double); its error is stated where it stands.
//
// Against the true value, in units in the last place: exp below 1.2, expm1 below 1.8, tanh below 3.
// NaN gives NaN, and too much infinity; exp is 0 below 2^-1021 (AVX-512: rounded to a denormal).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include <mgpk/ode/lanes/scale.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

/// x = n·log(2) + r; `pushed` is n and what was added to push its fraction out.
template <std::size_t Width>
struct Reduced {
  Lanes<Width> pushed, n, r;
};
template <std::size_t Width>
MGPK_LANES Reduced<Width> reduced(const Lanes<Width>& x, double push) {
  using Number = Lanes<Width>;
  const Number pushed = fma(x, one_over_ln2, push);
  const Number n = pushed - push;
  return {pushed, n, fma(-n, ln2_low, fma(-n, ln2_high, x))};
}

#if MGPK_NATIVE_LANES == 8

/// 2^(i/16), rounded.
alignas(64) inline constexpr double sixteenth_powers[16] = {
    0x1.0000000000000p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
    0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0,
    0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
    0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0};

template <std::size_t Width>
MGPK_LANES Reduced<Width> reduced_for_exp(const Lanes<Width>& x) {
  // Bounded, because the rest of what is infinite would be NaN.
  return reduced(min(Lanes<Width>(710.0), max(Lanes<Width>(-746.0), x)), to_sixteenths);
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> exp_of(const Reduced<Width>& x) {
  using Number = Lanes<Width>;
  // |r| ≤ log(2)/32; the error of r²·q is below 2^-56 of e^r.
  const Number r2 = x.r * x.r;
  const Number q01 = fma(x.r, 0x1.555555548f74ap-3, 0x1.fffffffffffb8p-2);
  const Number q23 = fma(x.r, 0x1.11123abdec580p-7, 0x1.555555590661dp-5);
  const Number q = fma(r2, fma(r2, 0x1.6c14c064ce3e6p-10, q23), q01);
  const Number tail = fma(r2, q, x.r);
  const Number power =
      Number::each(x.pushed, [](auto p) MGPK_INLINED { return picked(sixteenth_powers, p); });
  return Number::each(fma(power, tail, power), x.n,
                      [](auto a, auto n) MGPK_INLINED { return scaled(a, n); });
}
/// 2^n / 2
template <std::size_t Width>
MGPK_LANES Lanes<Width> half_power(const Reduced<Width>& x) {
  return Lanes<Width>::each(x.n, [](auto n) MGPK_INLINED { return scaled(spread_to(n, 0.5), n); });
}

#else

template <std::size_t Width>
MGPK_LANES Reduced<Width> reduced_for_exp(const Lanes<Width>& x) {
  return reduced(min(Lanes<Width>(710.0), max(Lanes<Width>(-708.4), x)), to_whole);
}
/// 2^n / 2
template <std::size_t Width>
MGPK_LANES Lanes<Width> half_power(const Reduced<Width>& x) {
  return Lanes<Width>::each(x.pushed, [](auto p) MGPK_INLINED { return power_of_two(p, 0.5); });
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> exp_of(const Reduced<Width>& x) {
  using Number = Lanes<Width>;
  // |r| ≤ log(2)/2; the error of r²·q is below 2^-57 of e^r.
  const Number r2 = x.r * x.r, r4 = r2 * r2;
  const Number q01 = fma(x.r, 0x1.55555555554fap-3, 0x1.000000000000ap-1);
  const Number q23 = fma(x.r, 0x1.1111111127b0bp-7, 0x1.555555555087bp-5);
  const Number q45 = fma(x.r, 0x1.a01a012aa046fp-13, 0x1.6c16c1842ac2bp-10);
  const Number q67 = fma(x.r, 0x1.71df24b791c4cp-19, 0x1.a0199a0a10d9ep-16);
  const Number q89 = fma(x.r, 0x1.ad8057113db2cp-26, 0x1.28ad752e8a09ep-22);
  const Number q = fma(r4, fma(r4, q89, fma(r2, q67, q45)), fma(r2, q23, q01));
  // Twice e^r times half the power, because 2^1024 is not a number but e^709.7 is.
  return fma(fma(r2, q, x.r), 2.0, 2.0) * half_power(x);
}

#endif

template <std::size_t Width>
MGPK_LANES Lanes<Width> expm1_of(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  const Number bounded = min(Number(710.0), max(Number(-40.0), x));
  const Reduced<Width> rest = reduced(bounded, to_whole);
  // What was rounded off r counts where 2^n and 1 nearly cancel.
  const Number lost = fma(-rest.n, ln2_low, fma(-rest.n, ln2_high, bounded) - rest.r);
  // |r| ≤ log(2)/2; the error of r²·q is below 2^-61 of r.
  const Number r2 = rest.r * rest.r, r4 = r2 * r2;
  const Number q01 = fma(rest.r, 0x1.5555555555559p-3, 0.5);
  const Number q23 = fma(rest.r, 0x1.111111110f6aep-7, 0x1.555555555555ap-5);
  const Number q45 = fma(rest.r, 0x1.a01a01afe5356p-13, 0x1.6c16c16c1442bp-10);
  const Number q67 = fma(rest.r, 0x1.71ddf85377f97p-19, 0x1.a01a01b0bfcd0p-16);
  const Number q89 = fma(rest.r, 0x1.af5ebf4cfa2b4p-26, 0x1.27e4c5920f230p-22);
  const Number q8a = fma(r2, 0x1.1f957605c7e6dp-29, q89);
  const Number q = fma(r4, fma(r4, q8a, fma(r2, q67, q45)), fma(r2, q23, q01));
  const Number tail = rest.r + fma(r2, q, lost);
  const Number half = half_power(rest);
  const Number result = 2.0 * fma(half, tail, half - 0.5);
  return select(abs(x) < 0x1p-54, x, result);
}

template <std::size_t Width>
MGPK_LANES Lanes<Width> tanh_of(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  const Number t = expm1_of(-2.0 * abs(x));
  return with_sign_of(abs(t / (2.0 + t)), x);
}

}  // namespace registers

template <std::size_t Width>
MGPK_LANES Lanes<Width> exp(const Lanes<Width>& x) {
  return registers::in_pieces<Width>(
      [](const auto& a) MGPK_INLINED { return registers::exp_of(registers::reduced_for_exp(a)); },
      x);
}

/// exp(x) - 1, without the loss of digits near zero.
template <std::size_t Width>
MGPK_LANES Lanes<Width> expm1(const Lanes<Width>& x) {
  return registers::in_pieces<Width>(
      [](const auto& a) MGPK_INLINED { return registers::expm1_of(a); }, x);
}

template <std::size_t Width>
MGPK_LANES Lanes<Width> tanh(const Lanes<Width>& x) {
  return registers::in_pieces<Width>(
      [](const auto& a) MGPK_INLINED { return registers::tanh_of(a); }, x);
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
