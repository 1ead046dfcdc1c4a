// sin and cos of lanes.
//
// x = n·π/2 + r with n whole; of r by a polynomial each, the sine where n is even and the cosine
// where it is odd (Remez exchange in 200 bits, coefficients then rounded to double).
//
// Below 1.3 units in the last place from the true value. Beyond 2^20 the standard library is asked,
// lane by lane; an infinite number or NaN gives NaN. sin(-0) is +0.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include <mgpk/ode/lanes/scale.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

inline constexpr double greatest_angle = 0x1p20;

/// The sine of x + n_quarters·π/2, for |x| up to `greatest_angle`.
template <std::size_t Width>
MGPK_LANES Lanes<Width> sine_of(const Lanes<Width>& x, std::int64_t n_quarters) {
  using Number = Lanes<Width>;
  const Number pushed = fma(x, 0x1.45f306dc9c883p-1, to_whole);
  const Number n = pushed - to_whole;
  // The first two parts of π/2 have so few bits that their products with n are exact.
  constexpr double second = 0x1.0b4611a6p-34, third = 0x1.3198a2e037073p-69;
  const Number far = fma(-n, 0x1.921fb544p+0, x);
  const Number near = fma(-n, second, far);
  const Number r = fma(-n, third, near);
  const Number lost = fma(-n, second, far - near) + fma(-n, third, near - r);
  const Number z = r * r, z2 = z * z;
  // sin(r) = r + r·z·s(z), |r| ≤ π/4, with an error below 2^-57 of it.
  const Number s01 = fma(z, 0x1.111111110f843p-7, -0x1.5555555555549p-3);
  const Number s23 = fma(z, 0x1.71de3570f11f3p-19, -0x1.a01a019c0a339p-13);
  const Number s45 = fma(z, 0x1.5d9156732b7f7p-33, -0x1.ae5e60b094d12p-26);
  const Number sine = r + fma(r * z, fma(z2, fma(z2, s45, s23), s01), lost);
  // cos(r) = 1 - z/2 + z²·c(z), with an error below 2^-63.
  const Number c01 = fma(z, -0x1.6c16c16c15e40p-10, 0x1.5555555555553p-5);
  const Number c23 = fma(z, -0x1.27e4f8bf3032dp-22, 0x1.a01a019dc9be3p-16);
  const Number c45 = fma(z, -0x1.8fe3f2f90cc0dp-37, 0x1.1eea5bf091fdfp-29);
  const Number c = fma(z2, fma(z2, c45, c23), c01);
  const Number cosine = 1.0 + fma(z, fma(z, c, -0.5), -(r * lost));
  return Number::each(pushed, cosine, sine, [n_quarters](auto p, auto even, auto odd) MGPK_INLINED {
    const auto bits = bits_of(p);
    const auto quarter = bits + spread_bits_to(bits, n_quarters);
    const auto one = spread_bits_to(bits, 1);
    const auto chosen = choose(-(quarter & one), even, odd);
    // The sign bit, where the quarter is the third or the fourth.
    return real_of(bits_of(chosen) ^ ((quarter & (one + one)) << 62));
  });
}

/// `function` of the standard library where x is too large for ours.
template <std::size_t Width, class Function>
MGPK_LANES Lanes<Width> with_large_angles(const Lanes<Width>& x, Lanes<Width> result,
                                          Function&& function) {
  const Mask<Width> small = abs(x) <= Lanes<Width>(greatest_angle);
  if (!all(small)) [[unlikely]] {
    for (std::size_t lane = 0; lane < Width; ++lane)
      if (!small[lane]) result.set(lane, function(x[lane]));
  }
  return result;
}

}  // namespace registers

template <std::size_t Width>
MGPK_LANES Lanes<Width> sin(const Lanes<Width>& x) {
  const auto sine = [](double a) { return std::sin(a); };
  return registers::in_pieces<Width>(
      [&](const auto& a)
          MGPK_INLINED { return registers::with_large_angles(a, registers::sine_of(a, 0), sine); },
      x);
}

template <std::size_t Width>
MGPK_LANES Lanes<Width> cos(const Lanes<Width>& x) {
  const auto cosine = [](double a) { return std::cos(a); };
  return registers::in_pieces<Width>(
      [&](const auto& a) MGPK_INLINED {
        return registers::with_large_angles(a, registers::sine_of(a, 1), cosine);
      },
      x);
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
