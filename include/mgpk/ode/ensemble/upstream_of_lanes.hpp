// The upstream chain of a batch, moved on exactly: with slopes, too.
#pragma once

#include <array>
#include <cstddef>

#include <mgpk/ode/ensemble/parts.hpp>
#include <mgpk/ode/ensemble/structure.hpp>
#include <mgpk/ode/ensemble/upstream.hpp>
#include <mgpk/ode/lanes/lanes.hpp>
#include <mgpk/ode/lanes/math.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

/// The upstream chain of a batch: its modes, and which states it drives in any lane. `Wide` is
/// lanes, or dual numbers over lanes: what the chain drives is then split by its values alone.
template <class System, class Wide, std::size_t N>
struct UpstreamOfLanes {
  static constexpr std::size_t n = System::n_states;
  using Real = PartOf<Wide>;
  using Amplitudes = std::array<Wide, N>;
  using State = std::array<Wide, n>;

  UpstreamModes<N, n, Wide> modes{};
  std::array<std::size_t, n> driven{};  ///< the first n_driven entries
  std::size_t n_driven = 0;
  bool has_slopes = n_slopes_of<Wide> > 0;  ///< false where no direction reaches the chain
  bool values_are_known = false;            ///< true where another group brings them

  /// Whether anything of the chain is left to work out.
  MGPK_LANES bool moves() const {
    return n_slopes_of<Wide> == 0 || has_slopes || !values_are_known;
  }
  /// All that is left of a chain that does not move: slopes of zero.
  MGPK_LANES void rest(State& x, Amplitudes& z) const {
    for (std::size_t i = 0; i < N; ++i) x[i] = z[i] = Wide(0.0);
  }

  /// Remembers what this person's chain drives. Read-outs are left to their quadrature.
  template <class Number>
  void note(const UpstreamModes<N, n, Number>& person) {
    for (std::size_t i = N; i < n - n_readouts_of<System>(); ++i) {
      bool drives = part(person.feed[i], 0) != 0.0;
      for (std::size_t k = 0; k < N; ++k) drives = drives || part(person.drive[i][k], 0) != 0.0;
      bool known = false;
      for (std::size_t d = 0; d < n_driven; ++d) known = known || driven[d] == i;
      if (drives && !known) driven[n_driven++] = i;
    }
  }

  /// What is left of each mode after tau_h, as a share.
  MGPK_LANES std::array<Real, N> left_after(const Real& tau_h) const {
    std::array<Real, N> left;
    for (std::size_t k = 0; k < N; ++k) left[k] = exp(-(part(modes.k_per_h[k], 0) * tau_h));
    return left;
  }
  /// The modes after tau_h.
  MGPK_LANES void move(const Real& tau_h, const std::array<Real, N>& left, const Amplitudes& z,
                       Amplitudes& moved) const {
    for (std::size_t k = 0; k < N; ++k) {
      const Real& amplitude = part(z[k], 0);
      moved[k] = Wide(amplitude * left[k]);
      if (!has_slopes) continue;
      const Real drift = -(tau_h * amplitude);
      for (std::size_t p = 1; p < n_parts_of<Wide>; ++p)
        part(moved[k], p) = left[k] * fma(drift, part(modes.k_per_h[k], p), part(z[k], p));
    }
  }
  /// Writes the chain's states.
  MGPK_LANES void write(const Amplitudes& z, State& x) const {
    if constexpr (n_slopes_of<Wide> > 0)
      if (has_slopes) return write_parts<Wide>(z, x);
    write_parts<Real>(z, x);
  }
  /// Adds what has flowed into the driven states in tau_h, while z became z_after.
  MGPK_LANES void add_flown(const Real& tau_h, const Amplitudes& z, const Amplitudes& z_after,
                            State& x) const {
    for (std::size_t d = 0; d < n_driven; ++d) {
      Real& value = part(x[driven[d]], 0);
      value = fma(part(modes.feed[driven[d]], 0), tau_h, value);
    }
    if constexpr (n_slopes_of<Wide> > 0)
      if (has_slopes) return add_parts<Wide>(z, z_after, x);
    add_parts<Real>(z, z_after, x);
  }
  /// Takes out of the slopes what add_flown accounts for.
  MGPK_LANES void take_out(const Amplitudes& z, State& slope) const {
    for (std::size_t d = 0; d < n_driven; ++d) {
      Wide& flow = slope[driven[d]];
      const auto& drive = modes.drive[driven[d]];
      part(flow, 0) = part(flow, 0) - part(modes.feed[driven[d]], 0);
      for (std::size_t p = 0; p == 0 || (has_slopes && p < n_parts_of<Wide>); ++p) {
        Real sum = part(flow, p);
        for (std::size_t k = 0; k < N; ++k) sum = fma(-part(drive[k], 0), part(z[k], p), sum);
        part(flow, p) = sum;
      }
    }
  }

 private:
  /// A number as `Number`: whole, or its value alone.
  template <class Number>
  static MGPK_LANES const Number& as(const Wide& number) {
    return reinterpret_cast<const Number&>(number);
  }
  template <class Number>
  MGPK_LANES void write_parts(const Amplitudes& z, State& x) const {
    for (std::size_t i = 0; i < N; ++i) {
      Number sum = as<Number>(modes.rest[i]) + as<Number>(z[i]);
      for (std::size_t j = 0; j < i; ++j)
        sum = fma(as<Number>(modes.shape[i][j]), as<Number>(z[j]), sum);
      x[i] = Wide(sum);
    }
  }
  template <class Number>
  MGPK_LANES void add_parts(const Amplitudes& z, const Amplitudes& z_after, State& x) const {
    std::array<Number, N> gone;
    for (std::size_t k = 0; k < N; ++k)
      gone[k] = (as<Number>(z[k]) - as<Number>(z_after[k])) * as<Number>(modes.tau_h[k]);
    for (std::size_t d = 0; d < n_driven; ++d) {
      Wide& state = x[driven[d]];
      const auto& drive = modes.drive[driven[d]];
      for (std::size_t p = 0; p < n_parts_of<Number>; ++p) {
        Real sum = part(state, p);
        for (std::size_t k = 0; k < N; ++k) sum = fma(part(drive[k], 0), part(gone[k], p), sum);
        part(state, p) = sum;
      }
    }
  }
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
