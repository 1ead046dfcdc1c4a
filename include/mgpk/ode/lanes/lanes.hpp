// Many numbers that go the same way at once: one per lane, each as if it were alone.
//
// The compiler's own vector types do the work. Every operation acts on each lane by itself, is the
// same operation for every width, and multiplies and adds in one rounding only where `fma` is
// written, so a lane's bits depend neither on its neighbours nor on how many there are.
#pragma once

#include <cstddef>
#include <cstdint>

#include <mgpk/ode/lanes/registers.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

template <std::size_t Width>
struct Mask;

/// `Width` doubles, a power of two; wider than a register, several registers go side by side.
template <std::size_t Width>
struct Lanes {
  static_assert(Width > 0 && (Width & (Width - 1)) == 0, "a width of lanes is a power of two");
  static constexpr std::size_t width = Width;
  static constexpr std::size_t per_register = Width < native_lanes ? Width : native_lanes;
  static constexpr std::size_t n_registers = Width / per_register;
  using Register = typename detail::Register<per_register>::Real;

  Register part[n_registers];

  Lanes() = default;
  // Register by register: g++ would copy a whole array through memory, in pieces that the next load
  // has to wait for.
  MGPK_LANES Lanes(const Lanes& other) { copy(other); }
  MGPK_LANES Lanes& operator=(const Lanes& other) {
    copy(other);
    return *this;
  }
  // Implicit, so that a law may write `1.0 / (1.0 + n)`.
  MGPK_LANES Lanes(double number) {
    for (auto& p : part) p = detail::spread_to(Register{}, number);
  }

  MGPK_LANES double operator[](std::size_t lane) const {
    return reinterpret_cast<const double*>(part)[lane];
  }
  MGPK_LANES void set(std::size_t lane, double number) {
    reinterpret_cast<double*>(part)[lane] = number;
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
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return x * y; });
  }
  friend MGPK_LANES Lanes operator/(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return x / y; });
  }
  /// a·b + c, in one rounding where the instruction set has it.
  friend MGPK_LANES Lanes fma(const Lanes& a, const Lanes& b, const Lanes& c) {
    Lanes result;
    for (std::size_t i = 0; i < n_registers; ++i)
      result.part[i] = detail::fused(a.part[i], b.part[i], c.part[i]);
    return result;
  }
  friend MGPK_LANES Lanes sqrt(const Lanes& a) {
    return each(a, [](auto x) MGPK_INLINED { return detail::root(x); });
  }
  friend MGPK_LANES Lanes abs(const Lanes& a) {
    return each(a, [](auto x) MGPK_INLINED {
      const auto bits = detail::bits_of(x);
      return detail::real_of(bits & detail::spread_bits_to(bits, 0x7fff'ffff'ffff'ffff));
    });
  }
  /// The second when either is NaN, as std::max has it.
  friend MGPK_LANES Lanes max(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return detail::larger(x, y); });
  }
  friend MGPK_LANES Lanes min(const Lanes& a, const Lanes& b) {
    return each(a, b, [](auto x, auto y) MGPK_INLINED { return detail::smaller(x, y); });
  }

  friend MGPK_LANES Mask<Width> operator<(const Lanes& a, const Lanes& b) {
    return compare(a, b, [](auto x, auto y) MGPK_INLINED { return detail::less(x, y); });
  }
  friend MGPK_LANES Mask<Width> operator<=(const Lanes& a, const Lanes& b) {
    return compare(a, b, [](auto x, auto y) MGPK_INLINED { return detail::less_equal(x, y); });
  }
  friend MGPK_LANES Mask<Width> operator>(const Lanes& a, const Lanes& b) { return b < a; }
  friend MGPK_LANES Mask<Width> operator>=(const Lanes& a, const Lanes& b) { return b <= a; }
  friend MGPK_LANES Mask<Width> operator==(const Lanes& a, const Lanes& b) {
    return compare(a, b, [](auto x, auto y) MGPK_INLINED { return detail::equal(x, y); });
  }
  /// Neither infinite nor NaN.
  friend MGPK_LANES Mask<Width> isfinite(const Lanes& a) {
    return abs(a) <= Lanes(0x1.fffffffffffffp1023);
  }

  /// One operation on each register; lanes/ builds its functions from it.
  template <class Operation>
  static MGPK_LANES Lanes each(const Lanes& a, Operation&& operation) {
    Lanes result;
    for (std::size_t i = 0; i < n_registers; ++i) result.part[i] = operation(a.part[i]);
    return result;
  }
  template <class Operation>
  static MGPK_LANES Lanes each(const Lanes& a, const Lanes& b, Operation&& operation) {
    Lanes result;
    for (std::size_t i = 0; i < n_registers; ++i) result.part[i] = operation(a.part[i], b.part[i]);
    return result;
  }

 private:
  MGPK_LANES void copy(const Lanes& other) {
    for (std::size_t i = 0; i < n_registers; ++i) part[i] = other.part[i];
  }
  template <class Operation>
  static MGPK_LANES Mask<Width> compare(const Lanes& a, const Lanes& b, Operation&& operation) {
    Mask<Width> result;
    for (std::size_t i = 0; i < n_registers; ++i) result.part[i] = operation(a.part[i], b.part[i]);
    return result;
  }
};

/// A yes or no per lane.
template <std::size_t Width>
struct Mask {
  static constexpr std::size_t per_register = Lanes<Width>::per_register;
  static constexpr std::size_t n_registers = Lanes<Width>::n_registers;
  using Register = typename detail::Register<per_register>::Bits;

  Register part[n_registers];

  Mask() = default;
  MGPK_LANES Mask(const Mask& other) { copy(other); }
  MGPK_LANES Mask& operator=(const Mask& other) {
    copy(other);
    return *this;
  }
  MGPK_LANES explicit Mask(bool everywhere) {
    for (auto& p : part) p = detail::spread_bits_to(Register{}, everywhere ? -1 : 0);
  }

  MGPK_LANES bool operator[](std::size_t lane) const {
    return reinterpret_cast<const std::int64_t*>(part)[lane] != 0;
  }
  MGPK_LANES void set(std::size_t lane, bool yes) {
    reinterpret_cast<std::int64_t*>(part)[lane] = yes ? -1 : 0;
  }

  friend MGPK_LANES Mask operator&(const Mask& a, const Mask& b) {
    Mask result;
    for (std::size_t i = 0; i < n_registers; ++i) result.part[i] = a.part[i] & b.part[i];
    return result;
  }
  friend MGPK_LANES Mask operator|(const Mask& a, const Mask& b) {
    Mask result;
    for (std::size_t i = 0; i < n_registers; ++i) result.part[i] = a.part[i] | b.part[i];
    return result;
  }
  friend MGPK_LANES Mask operator!(const Mask& a) {
    Mask result;
    for (std::size_t i = 0; i < n_registers; ++i) result.part[i] = ~a.part[i];
    return result;
  }
  friend MGPK_LANES bool any(const Mask& a) {
    Register all = a.part[0];
    for (std::size_t i = 1; i < n_registers; ++i) all = all | a.part[i];
    return detail::any_of(all);
  }
  friend MGPK_LANES bool all(const Mask& a) { return !any(!a); }

  /// Where the mask says yes the first, elsewhere the second.
  friend MGPK_LANES Lanes<Width> select(const Mask& mask, const Lanes<Width>& yes,
                                        const Lanes<Width>& no) {
    Lanes<Width> result;
    for (std::size_t i = 0; i < n_registers; ++i)
      result.part[i] = detail::choose(mask.part[i], yes.part[i], no.part[i]);
    return result;
  }

 private:
  MGPK_LANES void copy(const Mask& other) {
    for (std::size_t i = 0; i < n_registers; ++i) part[i] = other.part[i];
  }
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
