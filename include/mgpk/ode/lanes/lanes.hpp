// Many numbers that go the same way at once: one per lane, each as if it were alone.
//
// The compiler's own vector types do the work. Every operation acts on each lane by itself, is the
// same operation for every width, and multiplies and adds in one rounding only where `fma` is
// written, so a lane's bits depend neither on its neighbours nor on how many there are.
#pragma once

#include <cstddef>
#include <cstdint>

#include <mgpk/ode/lanes/halves.hpp>
#include <mgpk/ode/lanes/registers.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// `Width` doubles, a power of two; wider than a register, several registers go side by side.
template <std::size_t Width>
struct Lanes {
  static_assert(Width > 0 && (Width & (Width - 1)) == 0, "a width of lanes is a power of two");
  static constexpr std::size_t width = Width;
  static constexpr bool is_split = Width > native_lanes;
  using Storage = typename registers::StorageOf<Width>::Real;

  Storage v;

  Lanes() = default;
  MGPK_LANES explicit Lanes(const Storage& storage)
    requires(Width > 1)
      : v(storage) {}
  // Implicit, so that a law may write `1.0 / (1.0 + n)`.
  MGPK_LANES Lanes(double number) {
    if constexpr (is_split) {
      v = {Lanes<Width / 2>(number), Lanes<Width / 2>(number)};
    } else {
      v = registers::spread_to(Storage{}, number);
    }
  }

  MGPK_LANES double operator[](std::size_t lane) const {
    return reinterpret_cast<const double*>(&v)[lane];
  }
  MGPK_LANES void set(std::size_t lane, double number) {
    reinterpret_cast<double*>(&v)[lane] = number;
  }

  MGPK_LANES Lanes& operator+=(const Lanes& b) { return *this = *this + b; }
  MGPK_LANES Lanes& operator-=(const Lanes& b) { return *this = *this - b; }
  MGPK_LANES Lanes& operator*=(const Lanes& b) { return *this = *this * b; }
  MGPK_LANES Lanes& operator/=(const Lanes& b) { return *this = *this / b; }

  friend MGPK_LANES Lanes operator+(const Lanes& a) { return a; }
  friend MGPK_LANES Lanes operator-(const Lanes& a) {
    return each(a, [](auto x) MGPK_INLINED { return -x; });
  }
  friend MGPK_LANES Lanes operator+(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return x + y; });
  }
  friend MGPK_LANES Lanes operator-(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return x - y; });
  }
  friend MGPK_LANES Lanes operator*(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return registers::product(x, y); });
  }
  friend MGPK_LANES Lanes operator/(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return registers::quotient(x, y); });
  }
  /// a·b + c, in one rounding where the instruction set has it.
  friend MGPK_LANES Lanes fma(const Lanes& a, const Lanes& b, const Lanes& c) {
    return each(a, b, c,
                [](auto x, auto y, auto z) MGPK_INLINED { return registers::fused(x, y, z); });
  }
  friend MGPK_LANES Lanes sqrt(const Lanes& a) {
    return each(a, [](auto x) MGPK_INLINED { return registers::root(x); });
  }
  friend MGPK_LANES Lanes abs(const Lanes& a) {
    return each(a, [](auto x) MGPK_INLINED {
      const auto bits = registers::bits_of(x);
      return registers::real_of(bits & registers::spread_bits_to(bits, 0x7fff'ffff'ffff'ffff));
    });
  }
  /// The second when either is NaN.
  friend MGPK_LANES Lanes max(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return registers::larger(x, y); });
  }
  friend MGPK_LANES Lanes min(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return registers::smaller(x, y); });
  }

  friend MGPK_LANES Mask<Width> operator<(const Lanes& a, const Lanes& b) {
    return compare(a, b, [](auto x, auto y) MGPK_INLINED { return registers::less(x, y); });
  }
  friend MGPK_LANES Mask<Width> operator<=(const Lanes& a, const Lanes& b) {
    return compare(a, b, [](auto x, auto y) MGPK_INLINED { return registers::less_equal(x, y); });
  }
  friend MGPK_LANES Mask<Width> operator>(const Lanes& a, const Lanes& b) { return b < a; }
  friend MGPK_LANES Mask<Width> operator>=(const Lanes& a, const Lanes& b) { return b <= a; }
  friend MGPK_LANES Mask<Width> operator==(const Lanes& a, const Lanes& b) {
    return compare(a, b, [](auto x, auto y) MGPK_INLINED { return registers::equal(x, y); });
  }
  /// Neither infinite nor NaN.
  friend MGPK_LANES Mask<Width> isfinite(const Lanes& a) {
    return abs(a) <= Lanes(0x1.fffffffffffffp1023);
  }

  /// One operation on the registers of each operand, the operation last; lanes/ builds its
  /// functions from it.
  template <class A, class Operation>
  static MGPK_LANES Lanes each(const A& a, Operation&& operation) {
    Lanes result;
    if constexpr (is_split) {
      result.v.low = Lanes<Width / 2>::each(a.v.low, operation);
      result.v.high = Lanes<Width / 2>::each(a.v.high, operation);
    } else {
      result.v = operation(a.v);
    }
    return result;
  }
  template <class A, class B, class Operation>
  static MGPK_LANES Lanes each(const A& a, const B& b, Operation&& operation) {
    Lanes result;
    if constexpr (is_split) {
      result.v.low = Lanes<Width / 2>::each(a.v.low, b.v.low, operation);
      result.v.high = Lanes<Width / 2>::each(a.v.high, b.v.high, operation);
    } else {
      result.v = operation(a.v, b.v);
    }
    return result;
  }
  template <class A, class B, class C, class Operation>
  static MGPK_LANES Lanes each(const A& a, const B& b, const C& c, Operation&& operation) {
    Lanes result;
    if constexpr (is_split) {
      result.v.low = Lanes<Width / 2>::each(a.v.low, b.v.low, c.v.low, operation);
      result.v.high = Lanes<Width / 2>::each(a.v.high, b.v.high, c.v.high, operation);
    } else {
      result.v = operation(a.v, b.v, c.v);
    }
    return result;
  }
  /// The same where the operation answers yes or no.
  template <class A, class Operation>
  static MGPK_LANES Mask<Width> compare(const A& a, Operation&& operation) {
    Mask<Width> result;
    if constexpr (is_split) {
      result.v.low = Lanes<Width / 2>::compare(a.v.low, operation);
      result.v.high = Lanes<Width / 2>::compare(a.v.high, operation);
    } else {
      result.v = operation(a.v);
    }
    return result;
  }
  template <class A, class B, class Operation>
  static MGPK_LANES Mask<Width> compare(const A& a, const B& b, Operation&& operation) {
    Mask<Width> result;
    if constexpr (is_split) {
      result.v.low = Lanes<Width / 2>::compare(a.v.low, b.v.low, operation);
      result.v.high = Lanes<Width / 2>::compare(a.v.high, b.v.high, operation);
    } else {
      result.v = operation(a.v, b.v);
    }
    return result;
  }
};

/// A yes or no per lane.
template <std::size_t Width>
struct Mask {
  using Storage = typename registers::StorageOf<Width>::Bits;

  Storage v;

  Mask() = default;
  MGPK_LANES explicit Mask(bool everywhere) {
    if constexpr (Lanes<Width>::is_split) {
      v = {Mask<Width / 2>(everywhere), Mask<Width / 2>(everywhere)};
    } else {
      v = registers::spread_bits_to(Storage{}, everywhere ? -1 : 0);
    }
  }

  MGPK_LANES bool operator[](std::size_t lane) const {
    return reinterpret_cast<const std::int64_t*>(&v)[lane] != 0;
  }
  MGPK_LANES void set(std::size_t lane, bool yes) {
    reinterpret_cast<std::int64_t*>(&v)[lane] = yes ? -1 : 0;
  }

  friend MGPK_LANES Mask operator&(const Mask& a, const Mask& b) {
    return Lanes<Width>::compare(a, b, [](auto x, auto y) MGPK_INLINED { return x & y; });
  }
  friend MGPK_LANES Mask operator|(const Mask& a, const Mask& b) {
    return Lanes<Width>::compare(a, b, [](auto x, auto y) MGPK_INLINED { return x | y; });
  }
  friend MGPK_LANES Mask operator!(const Mask& a) {
    return Lanes<Width>::compare(a, [](auto x) MGPK_INLINED { return ~x; });
  }
  /// The lanes as bits, the first lane lowest.
  friend MGPK_LANES std::uint64_t bits(const Mask& a) {
    if constexpr (Lanes<Width>::is_split) {
      return bits(a.v.low) | bits(a.v.high) << (Width / 2);
    } else {
      return registers::bits_of_mask(a.v);
    }
  }
  friend MGPK_LANES bool any(const Mask& a) { return bits(a) != 0; }
  friend MGPK_LANES bool all(const Mask& a) { return !any(!a); }
  /// Calls `visit(lane)` for every lane of the mask, in their order.
  template <class Visit>
  friend MGPK_LANES void for_each_lane(const Mask& which, Visit&& visit) {
    for (std::uint64_t left = bits(which); left != 0; left &= left - 1)
      visit(static_cast<std::size_t>(__builtin_ctzll(left)));
  }

  friend MGPK_LANES Mask select(const Mask& mask, const Mask& yes, const Mask& no) {
    return (mask & yes) | ((!mask) & no);
  }
  /// Where the mask says yes the first, elsewhere the second.
  friend MGPK_LANES Lanes<Width> select(const Mask& mask, const Lanes<Width>& yes,
                                        const Lanes<Width>& no) {
    return Lanes<Width>::each(mask, yes, no, [](auto m, auto x, auto y) MGPK_INLINED {
      return registers::choose(m, x, y);
    });
  }
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
