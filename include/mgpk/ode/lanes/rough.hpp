// Logarithm and power of two to five digits: enough to choose a step, in half the time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <mgpk/ode/lanes/scale.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// log2(x) of a positive normal number, within 2e-5; infinity counts as 2^1024.
template <std::size_t Width>
MGPK_LANES Lanes<Width> rough_log2(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  using namespace registers;
  // x = 2^k·(1 + f); the exponent field becomes the last digits of 2^52 + field.
  const Number k = Number::each(x, [](auto a) MGPK_INLINED {
    const auto bits = bits_of(a);
    return real_of((bits >> 52) | spread_bits_to(bits, 0x4330'0000'0000'0000));
  });
  const Number m = Number::each(x, [](auto a) MGPK_INLINED {
    const auto bits = bits_of(a);
    return real_of((bits & spread_bits_to(bits, 0x000f'ffff'ffff'ffff)) |
                   spread_bits_to(bits, 0x3ff0'0000'0000'0000));
  });
  const Number f = m - 1.0, f2 = f * f;
  const Number p01 = fma(f, -0.70966281, 1.44196562);
  const Number p24 = fma(f2, 0.04638534, fma(f, -0.19626959, 0.41759575));
  return fma(f, fma(f2, p24, p01), k - (0x1p52 + 1023.0));
}

/// 2^x for |x| below 1000, with a relative error below 4e-6.
template <std::size_t Width>
MGPK_LANES Lanes<Width> rough_exp2(const Lanes<Width>& x) {
  using Number = Lanes<Width>;
  using namespace registers;
  const Number pushed = x + to_whole;
  const Number r = x - (pushed - to_whole), r2 = r * r;
  const Number p01 = fma(r, 0.69312104, 1.00000015);
  const Number p24 = fma(r2, 0.00968571, fma(r, 0.05592203, 0.24021865));
  const Number power = Number::each(pushed, [](auto p) MGPK_INLINED {
    const auto bits = bits_of(p);
    return real_of((bits << 52) + spread_bits_to(bits, 0x3ff0'0000'0000'0000));
  });
  return fma(r2, p24, p01) * power;
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
