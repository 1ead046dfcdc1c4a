// log and log1p of lanes.
//
// Against the true value, in units in the last place: log below 1.3, log1p below 1.7. log(0) is
// -inf, log(inf) inf, a negative number or NaN gives NaN; denormal numbers are as good as others.
// log1p(-0) is +0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include <mgpk/ode/lanes/scale.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
namespace registers {

#if MGPK_NATIVE_LANES == 8

// log(2^k·m) = k·log(2) - log(c) + log(1 + r), where m lies in [3/4, 3/2), c is near 1/m and
// r = m·c - 1 is below 0.0386. c is chosen by m rounded to sixteenths. Each c was sought, near the
// middle of its sixteenth, such that its logarithm lies within 2^-66 of a multiple of 2^-42: with
// the 42 bits of ln2_high the first two terms add up without an error. Around m = 1 c is 1.
alignas(64) inline constexpr double near_inverses[16] = {
    0x1.0000000000000p+0, 0x1.e1db7c1d6f96ap-1, 0x1.c722c3ca89c48p-1, 0x1.af279cde003afp-1,
    0x1.99934dae0a30bp-1, 0x1.861971cd8ec91p-1, 0x1.745f90de99ebdp-1, 0x1.64310a6002b3ap-1,
    0x1.58f067c1c373fp-1, 0x1.0000000000000p+0, 0x1.0000000000000p+0, 0x1.0000000000000p+0,
    0x1.4e5a2291d3094p+0, 0x1.3b12607102857p+0, 0x1.24917bab3c1cfp+0, 0x1.110edb95b6162p+0};
alignas(64) inline constexpr double minus_logs_of_near_inverses[16] = {0x0.0p+0,
                                                                       0x1.f10fcec580000p-5,
                                                                       0x1.e2379528f4000p-4,
                                                                       0x1.5ff6ddece4000p-3,
                                                                       0x1.c91ef8516a000p-3,
                                                                       0x1.167300001d000p-2,
                                                                       0x1.4611edc369000p-2,
                                                                       0x1.739081acce000p-2,
                                                                       0x1.946f8dc69a000p-2,
                                                                       0x0.0p+0,
                                                                       0x0.0p+0,
                                                                       0x0.0p+0,
                                                                       -0x1.116cf1ef32000p-2,
                                                                       -0x1.a93646a2ac000p-3,
                                                                       -0x1.117349cf2a000p-3,
                                                                       -0x1.083868fd40000p-4};

/// x = 2^k·m, and c.
template <std::size_t Width>
struct Apart {
  Lanes<Width> k, m, c, minus_log_c;
};
template <std::size_t Width>
MGPK_LANES Apart<Width> apart(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  constexpr auto exponent = [](auto a) MGPK_INLINED { return exponent_of(a); };
  const Number m = Number::each(x, [](auto a) MGPK_INLINED { return significand_of(a); });
  const Number pushed = m + to_sixteenths;
  return {Number::each(x, exponent) - Number::each(m, exponent), m,
          Number::each(pushed, [](auto p) MGPK_INLINED { return picked(near_inverses, p); }),
          Number::each(pushed,
                       [](auto p) MGPK_INLINED { return picked(minus_logs_of_near_inverses, p); })};
}

template <std::size_t Width>
MGPK_LANES Lanes<Width> log_of(const Apart<Width>& x, const Lanes<Width>& r) {
  using Number = Lanes<Width>;
  // log(1 + r) = r + r²·q(r), with an error below 2^-59 of it (Remez exchange, as for exp).
  const Number r2 = r * r, r4 = r2 * r2;
  const Number q01 = fma(r, 0x1.5555555555323p-2, -0.5);
  const Number q23 = fma(r, 0x1.999999a09c599p-3, -0x1.fffffffffef1dp-3);
  const Number q45 = fma(r, 0x1.249211969c657p-3, -0x1.55555563b75e0p-3);
  const Number q67 = fma(r, 0x1.c8772a7757a23p-4, -0x1.ffff6154775acp-4);
  const Number q48 = fma(r4, -0x1.9b1a628432087p-4, fma(r2, q67, q45));
  const Number q = fma(r4, q48, fma(r2, q23, q01));
  return fma(x.k, ln2_high, x.minus_log_c) + fma(r2, q, fma(x.k, ln2_low, r));
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> log_of(const Lanes<Width>& x) {
  const Apart<Width> parts = apart(x);
  return log_of(parts, fma(parts.m, parts.c, -1.0));
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> log1p_of(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  const Number sum = 1.0 + x;
  const Number lost = select(sum < 0x1p53, x - (sum - 1.0), Number(0.0));
  const Apart<Width> parts = apart(sum);
  // k is at least -53, but for a sum of zero: then it is infinite, and zero times that is NaN.
  const Number lost_of_m = Number::each(lost, min(Number(60.0), -parts.k),
                                        [](auto a, auto n) MGPK_INLINED { return scaled(a, n); });
  return log_of(parts, fma(lost_of_m, parts.c, fma(parts.m, parts.c, -1.0)));
}

#else

inline constexpr std::int64_t bits_of_root_half = 0x3fe6'a09e'667f'3bcd;
inline constexpr std::int64_t bits_of_one = 0x3ff0'0000'0000'0000;
inline constexpr std::int64_t exponent_field = 0x7ff0'0000'0000'0000;
inline constexpr std::int64_t significand_field = 0x000f'ffff'ffff'ffff;

/// x = 2^k·m with m in [√½, √2).
template <std::size_t Width>
struct Apart {
  Lanes<Width> k, m, power_of_minus_k;
};
inline constexpr double exponent_bias = 0x1p52 + 1023;
/// Of a normal number; `bias` is `exponent_bias` plus what to take off k.
template <std::size_t Width>
MGPK_LANES Apart<Width> apart(const Lanes<Width>& x, const Lanes<Width>& bias) {
  using Number = Lanes<Width>;
  // Moved such that the exponent field counts from √½ on.
  const Number moved = Number::each(x, [](auto a) MGPK_INLINED {
    return real_of(wrapping_sum(bits_of(a), bits_of_one - bits_of_root_half));
  });
  const Number k = Number::each(moved, [](auto a) MGPK_INLINED {
    const auto bits = shifted_right(bits_of(a), 52);
    return real_of(bits | spread_bits_to(bits, 0x4330'0000'0000'0000));  // 2^52 + field
  });
  const Number m = Number::each(moved, [](auto a) MGPK_INLINED {
    const auto bits = bits_of(a);
    return real_of((bits & spread_bits_to(bits, significand_field)) +
                   spread_bits_to(bits, bits_of_root_half));
  });
  const Number power = Number::each(moved, [](auto a) MGPK_INLINED {
    const auto bits = bits_of(a);
    return real_of(spread_bits_to(bits, 2 * bits_of_one) -
                   (bits & spread_bits_to(bits, exponent_field)));
  });
  return {k - bias, m, power};
}

/// With s = f/(2 + f) and z = s², log(1 + f) is 2s + s·z·q(z), which is f - s·(f - z·q(z)). The
/// polynomial's error is below 2^-59 of the logarithm (Remez exchange, as for exp).
template <std::size_t Width>
MGPK_LANES Lanes<Width> log_q(const Lanes<Width>& z) {
  using Number = Lanes<Width>;
  const Number z2 = z * z, z4 = z2 * z2;
  const Number q01 = fma(z, 0x1.999999997fb71p-2, 0x1.5555555555593p-1);
  const Number q23 = fma(z, 0x1.c71c51e48b81ep-3, 0x1.2492494218c57p-2);
  const Number q45 = fma(z, 0x1.39a0d48eeb5c2p-3, 0x1.746647360bacbp-3);
  const Number q46 = fma(z2, 0x1.2f0efb79e6ba7p-3, q45);
  return fma(z4, q46, fma(z2, q23, q01));
}
/// log(2^k·(1 + f))
template <std::size_t Width>
MGPK_LANES Lanes<Width> log_of(const Lanes<Width>& k, const Lanes<Width>& f) {
  using Number = Lanes<Width>;
  const Number s = f / (2.0 + f);
  const Number z = s * s;
  return fma(k, ln2_high, f - fma(s, fma(-z, log_q(z), f), -(k * ln2_low)));
}

/// A number made normal, the bias of its exponent, and whether every lane was normal and positive:
/// nearly always they are, and one branch says so.
template <std::size_t Width>
struct Usual {
  Lanes<Width> normal, bias;
  bool everywhere;
};
template <std::size_t Width>
MGPK_LANES Usual<Width> usual(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  constexpr double least = std::numeric_limits<double>::min();
  Usual<Width> result{x, exponent_bias,
                      all((x >= least) & (x <= std::numeric_limits<double>::max()))};
  if (!result.everywhere) [[unlikely]] {
    const Mask<Width> small = x < least;
    result.normal = select(small, x * 0x1p54, x);
    result.bias = select(small, Number(exponent_bias + 54.0), Number(exponent_bias));
  }
  return result;
}
/// The logarithm `log` of x, put right where x is not a positive finite number.
template <std::size_t Width>
MGPK_LANES Lanes<Width> mended(const Usual<Width>& x, const Lanes<Width>& log) {
  if (x.everywhere) [[likely]]
    return log;
  using Number = Lanes<Width>;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Number not_above =
      select(x.normal == 0.0, Number(-infinity), Number(std::numeric_limits<double>::quiet_NaN()));
  const Number unusual = select(x.normal > 0.0, Number(infinity), not_above);
  return select((x.normal > 0.0) & (x.normal < infinity), log, unusual);
}

template <std::size_t Width>
MGPK_LANES Lanes<Width> log_of(const Lanes<Width>& x) {
  const Usual<Width> number = usual(x);
  const Apart<Width> parts = apart(number.normal, number.bias);
  return mended(number, log_of(parts.k, parts.m - 1.0));
}
template <std::size_t Width>
MGPK_LANES Lanes<Width> log1p_of(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  const Number sum = 1.0 + x;
  const Number lost = select(sum < 0x1p53, x - (sum - 1.0), Number(0.0));
  const Usual<Width> number = usual(sum);
  const Apart<Width> parts = apart(number.normal, number.bias);
  return mended(number, log_of(parts.k, fma(lost, parts.power_of_minus_k, parts.m - 1.0)));
}

#endif

}  // namespace registers

template <std::size_t Width>
MGPK_LANES Lanes<Width> log(const Lanes<Width>& x) {
  return registers::in_pieces<Width>(
      [](const auto& a) MGPK_INLINED { return registers::log_of(a); }, x);
}

/// log(1 + x), without the loss of digits near zero.
template <std::size_t Width>
MGPK_LANES Lanes<Width> log1p(const Lanes<Width>& x) {
  return registers::in_pieces<Width>(
      [](const auto& a) MGPK_INLINED { return registers::log1p_of(a); }, x);
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
