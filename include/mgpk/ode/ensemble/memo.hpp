// Dear results that are computed once and used by every group of slopes.
//
// All groups of a member's slopes evaluate the model at the same values. The first group notes each
// quotient, exponential or logarithm of a value; the others, whose evaluation takes the same way,
// read them in the same order.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include <mgpk/ode/dual.hpp>
#include <mgpk/ode/ensemble/rebind.hpp>
#include <mgpk/ode/ensemble/sloped_constant.hpp>
#include <mgpk/ode/lanes/math.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The results of some steps, in the order in which they were computed.
template <std::size_t Width>
class MemoTape {
 public:
  using Real = Lanes<Width>;

  MemoTape() : notes_(256) {}

  void begin_notes() {
    if (n_wanted_ > notes_.size()) notes_.resize(2 * n_wanted_);
    next_ = n_wanted_ = 0;
  }
  void begin_reading() { next_ = 0; }
  std::size_t place() const { return n_wanted_; }
  /// What was noted since is not wanted.
  void forget_from(std::size_t place) { n_wanted_ = place; }
  /// Whether all was noted; if not, there is room the next time.
  bool is_whole() const { return n_wanted_ <= notes_.size(); }

  MGPK_LANES Real note(const Real& result) {
    if (n_wanted_ < notes_.size()) notes_[n_wanted_] = result;
    ++n_wanted_;
    return result;
  }
  MGPK_LANES const Real& read() { return notes_[next_++]; }

  /// The tape of the evaluation that is under way on this thread.
  static inline constinit thread_local MemoTape* current = nullptr;

 private:
  std::vector<Real> notes_;
  std::size_t n_wanted_ = 0, next_ = 0;
};

enum class MemoUse { note, read };

/// What a step does with the tape.
enum class TapeUse { none, note, read };

/// Lanes whose dear results go over the tape.
template <std::size_t Width, MemoUse Use>
struct Memo {
  using Real = Lanes<Width>;

  Real v;

  Memo() = default;
  MGPK_LANES Memo(double number) : v(number) {}
  MGPK_LANES explicit Memo(const Real& number) : v(number) {}

  MGPK_LANES Memo& operator+=(const Memo& b) { return *this = *this + b; }
  MGPK_LANES Memo& operator-=(const Memo& b) { return *this = *this - b; }
  MGPK_LANES Memo& operator*=(const Memo& b) { return *this = *this * b; }
  MGPK_LANES Memo& operator/=(const Memo& b) { return *this = *this / b; }

  friend MGPK_LANES Memo operator+(const Memo& a) { return a; }
  friend MGPK_LANES Memo operator-(const Memo& a) { return Memo(-a.v); }
  friend MGPK_LANES Memo operator+(const Memo& a, const Memo& b) { return Memo(a.v + b.v); }
  friend MGPK_LANES Memo operator-(const Memo& a, const Memo& b) { return Memo(a.v - b.v); }
  friend MGPK_LANES Memo operator*(const Memo& a, const Memo& b) { return Memo(a.v * b.v); }
  friend MGPK_LANES Memo fma(const Memo& a, const Memo& b, const Memo& c) {
    return Memo(fma(a.v, b.v, c.v));
  }
  friend MGPK_LANES Memo abs(const Memo& a) { return Memo(abs(a.v)); }
  friend MGPK_LANES Memo max(const Memo& a, const Memo& b) { return Memo(max(a.v, b.v)); }
  friend MGPK_LANES Memo min(const Memo& a, const Memo& b) { return Memo(min(a.v, b.v)); }
  friend MGPK_LANES Mask<Width> operator<(const Memo& a, const Memo& b) { return a.v < b.v; }
  friend MGPK_LANES Mask<Width> operator<=(const Memo& a, const Memo& b) { return a.v <= b.v; }
  friend MGPK_LANES Mask<Width> operator>(const Memo& a, const Memo& b) { return b.v < a.v; }
  friend MGPK_LANES Mask<Width> operator>=(const Memo& a, const Memo& b) { return b.v <= a.v; }
  friend MGPK_LANES Mask<Width> operator==(const Memo& a, const Memo& b) { return a.v == b.v; }
  friend MGPK_LANES Mask<Width> isfinite(const Memo& a) { return isfinite(a.v); }
  friend MGPK_LANES Memo select(const Mask<Width>& mask, const Memo& yes, const Memo& no) {
    return Memo(select(mask, yes.v, no.v));
  }

  friend MGPK_LANES Memo operator/(const Memo& a, const Memo& b) {
    return result([&]() MGPK_INLINED { return a.v / b.v; });
  }
  friend MGPK_LANES Memo sqrt(const Memo& a) {
    return result([&]() MGPK_INLINED { return sqrt(a.v); });
  }
  friend MGPK_LANES Memo exp(const Memo& a) {
    return result([&]() MGPK_INLINED { return exp(a.v); });
  }
  friend MGPK_LANES Memo expm1(const Memo& a) {
    return result([&]() MGPK_INLINED { return expm1(a.v); });
  }
  friend MGPK_LANES Memo log(const Memo& a) {
    return result([&]() MGPK_INLINED { return log(a.v); });
  }
  friend MGPK_LANES Memo log1p(const Memo& a) {
    return result([&]() MGPK_INLINED { return log1p(a.v); });
  }
  friend MGPK_LANES Memo sin(const Memo& a) {
    return result([&]() MGPK_INLINED { return sin(a.v); });
  }
  friend MGPK_LANES Memo cos(const Memo& a) {
    return result([&]() MGPK_INLINED { return cos(a.v); });
  }
  friend MGPK_LANES Memo tanh(const Memo& a) {
    return result([&]() MGPK_INLINED { return tanh(a.v); });
  }
  friend MGPK_LANES Memo pow(const Memo& a, double exponent) {
    return result([&]() MGPK_INLINED { return pow(a.v, exponent); });
  }
  friend MGPK_LANES Memo pow(const Memo& a, const Memo& exponent) {
    return result([&]() MGPK_INLINED { return pow(a.v, exponent.v); });
  }

 private:
  template <class Work>
  static MGPK_LANES Memo result(Work&& work) {
    MemoTape<Width>& tape = *MemoTape<Width>::current;
    if constexpr (Use == MemoUse::note) {
      return Memo(tape.note(work()));
    } else {
      return Memo(tape.read());
    }
  }
};

/// The model's derivatives over the tape. Never inlined: the numbers change their type here, and a
/// compiler must not see both sides at once.
template <MemoUse Use, class System, std::size_t P, std::size_t Width, std::size_t N>
__attribute__((noinline)) void derivatives_over_tape(const System& system, const Lanes<Width>& t_h,
                                                     const std::array<Dual<P, Lanes<Width>>, N>& x,
                                                     std::array<Dual<P, Lanes<Width>>, N>& dxdt) {
  using Number = Dual<P, Memo<Width, Use>>;
  using Parameter =
      std::conditional_t<std::is_same_v<System, OnScalar<System, Dual<P, Lanes<Width>>>>, Number,
                         SlopedConstant<P, Memo<Width, Use>>>;
  using Taped = OnScalar<System, Parameter>;
  static_assert(sizeof(Taped) == sizeof(System) && sizeof(Number) == sizeof(x[0]));
  reinterpret_cast<const Taped&>(system).derivatives(
      Number(Memo<Width, Use>(t_h)), reinterpret_cast<const std::array<Number, N>&>(x),
      reinterpret_cast<std::array<Number, N>&>(dxdt));
}

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
