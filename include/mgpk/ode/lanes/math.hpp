// provisional
#pragma once
#include <cmath>
#include <mgpk/ode/lanes/lanes.hpp>
namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {
template <std::size_t W>
MGPK_LANES Lanes<W> exp(const Lanes<W>& x0) {
  const Lanes<W> x = min(max(x0, Lanes<W>(-708.0)), Lanes<W>(709.0));
  const Lanes<W> magic(0x1.8p52);
  const Lanes<W> m = fma(x, Lanes<W>(1.4426950408889634), magic);
  const Lanes<W> n = m - magic;
  Lanes<W> r = fma(n, Lanes<W>(-0x1.62e42fefa39efp-1), x);
  r = fma(n, Lanes<W>(-0x1.abc9e3b39803fp-56), r);
  const Lanes<W> r2 = r * r, r4 = r2 * r2;
  const Lanes<W> p01 = fma(r, Lanes<W>(1.0), Lanes<W>(1.0)), p23 = fma(r, Lanes<W>(1 / 6.0), Lanes<W>(0.5)),
                 p45 = fma(r, Lanes<W>(1 / 120.0), Lanes<W>(1 / 24.0)), p67 = fma(r, Lanes<W>(1 / 5040.0), Lanes<W>(1 / 720.0)),
                 p89 = fma(r, Lanes<W>(1 / 362880.0), Lanes<W>(1 / 40320.0)), pab = fma(r, Lanes<W>(1 / 39916800.0), Lanes<W>(1 / 3628800.0));
  const Lanes<W> q0 = fma(r2, p23, p01), q1 = fma(r2, p67, p45), q2 = fma(r2, pab, p89);
  const Lanes<W> p = fma(r4, fma(r4, q2, q1), q0);
  return Lanes<W>::each([](auto a, auto b) MGPK_INLINED { return registers::real_of(registers::bits_of(a) + (registers::bits_of(b) << 52)); }, p, m);
}
template <std::size_t W>
MGPK_LANES Lanes<W> log(const Lanes<W>& x) {
  const auto exponent = [](auto v) MGPK_INLINED { auto b = registers::bits_of(v);
    return (b - registers::spread_bits_to(b, 0x3fe6a09e667f3bcd)) >> 52; };
  const Lanes<W> m = Lanes<W>::each([&](auto v) MGPK_INLINED { return registers::real_of(registers::bits_of(v) - (exponent(v) << 52)); }, x);
  Lanes<W> e = Lanes<W>::each([&](auto v) MGPK_INLINED { return registers::real_of(exponent(v) + registers::spread_bits_to(registers::bits_of(v), 0x4338000000000000)); }, x);
  e = e - Lanes<W>(0x1.8p52);
  const Lanes<W> f = m - 1.0, s = f / (2.0 + f), z = s * s, w = z * z;
  const Lanes<W> t1 = w * fma(w, fma(w, Lanes<W>(1.531383769920937332e-01), Lanes<W>(2.222219843214978396e-01)), Lanes<W>(3.999999999940941908e-01));
  const Lanes<W> t2 = z * fma(w, fma(w, fma(w, Lanes<W>(1.479819860511658591e-01), Lanes<W>(1.818357216161805012e-01)), Lanes<W>(2.857142874366239149e-01)), Lanes<W>(6.666666666666735130e-01));
  const Lanes<W> hf = 0.5 * f * f;
  const Lanes<W> R = t1 + t2;
  return fma(e, Lanes<W>(6.93147180369123816490e-01), f - (hf - fma(s, hf + R, e * 1.90821492927058770002e-10)));
}
}
}
