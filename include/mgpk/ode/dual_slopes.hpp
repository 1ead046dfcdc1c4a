// Where a dual number keeps its slopes, and how work is done on all of them.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <mgpk/inlined.hpp>

namespace mgpk::ode::detail {

struct Unset {};

/// Slopes in lanes, copied one by one: g++ would copy the array through memory in pieces, and the
/// next load would have to wait for each of them.
template <std::size_t Width, class Value>
class SlopesInLanes {
 public:
  constexpr SlopesInLanes() : SlopesInLanes(Value(0.0)) {}
  /// Slopes that will be written before they are read.
  constexpr explicit SlopesInLanes(Unset) {}
  MGPK_INLINED constexpr SlopesInLanes(const SlopesInLanes& other) {
    assign(other.values_, std::make_index_sequence<Width>{});
  }
  // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): slope by slope onto itself does no harm
  MGPK_INLINED constexpr SlopesInLanes& operator=(const SlopesInLanes& other) {
    assign(other.values_, std::make_index_sequence<Width>{});
    return *this;
  }
  constexpr SlopesInLanes(const std::array<Value, Width>& values) {
    assign(values.data(), std::make_index_sequence<Width>{});
  }

  constexpr Value& operator[](std::size_t i) { return values_[i]; }
  constexpr const Value& operator[](std::size_t i) const { return values_[i]; }
  constexpr const Value* begin() const { return values_; }
  constexpr const Value* end() const { return values_ + Width; }

 private:
  MGPK_INLINED constexpr explicit SlopesInLanes(const Value& number) {
    for (Value& value : values_) value = number;
  }
  template <std::size_t... I>
  MGPK_INLINED constexpr void assign(const Value* values, std::index_sequence<I...>) {
    ((values_[I] = values[I]), ...);
  }

  Value values_[Width];
};

template <std::size_t Width, class Value>
using SlopesOf = std::conditional_t<std::is_arithmetic_v<Value>, std::array<Value, Width>,
                                    SlopesInLanes<Width, Value>>;

template <std::size_t Width, class Value>
constexpr SlopesOf<Width, Value> unset_slopes() {
  if constexpr (std::is_arithmetic_v<Value>) {
    return {};
  } else {
    return SlopesOf<Width, Value>(Unset{});
  }
}

template <class Work, std::size_t... I>
MGPK_INLINED constexpr void each_in_turn(Work&& work, std::index_sequence<I...>) {
  (work(I), ...);
}

/// work(i) for every direction: in lanes written out, because g++ keeps in registers only what is
/// never indexed by a variable.
template <std::size_t Width, class Value, class Work>
MGPK_INLINED constexpr void each_direction(Work&& work) {
  if constexpr (std::is_arithmetic_v<Value>) {
    for (std::size_t i = 0; i < Width; ++i) work(i);
  } else {
    each_in_turn(work, std::make_index_sequence<Width>{});
  }
}

}  // namespace mgpk::ode::detail
