// Which compartments a classic model has, how records number them, and where their amounts stand.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace mgpk::classic {

/// How a dose into the depot reaches the central compartment.
enum class Absorption {
  none,         ///< there is no depot: doses go into the central compartment
  first_order,  ///< at ka times what is left
  zero_order,   ///< at a constant rate over `t_zero_order_h`; the depot holds nothing
  transit,      ///< through a chain of compartments
};

inline constexpr std::size_t most_transit = 12;
inline constexpr std::size_t most_states = 16;

/// Amounts of all compartments, or rates into them; places beyond the model's are 0.
using Amounts = std::array<double, most_states>;

/// States: the chain of absorption from the depot on, then central, then peripherals. Compartments
/// of records: the depot if there is one, central, peripherals; transit compartments have no
/// number.
struct Layout {
  Absorption absorption = Absorption::none;
  std::size_t n_transit = 0;
  std::size_t n_disposition = 1;  ///< central and peripherals
  bool operator==(const Layout&) const = default;

  std::size_t n_chain() const {
    if (absorption == Absorption::transit) return 1 + n_transit;
    return absorption == Absorption::first_order ? 1 : 0;
  }
  std::size_t n_states() const { return n_chain() + n_disposition; }
  std::size_t central() const { return n_chain(); }

  bool has_depot() const { return absorption != Absorption::none; }
  std::size_t n_compartments() const { return n_disposition + (has_depot() ? 1 : 0); }
  /// The state that a dose into a compartment (counted from 0) reaches first.
  std::size_t state_of(std::size_t compartment) const {
    if (!has_depot()) return compartment;
    return compartment == 0 ? 0 : n_chain() + compartment - 1;
  }

  std::vector<std::string> compartment_names() const {
    std::vector<std::string> names;
    if (has_depot()) names.emplace_back("depot");
    add_disposition(names);
    return names;
  }

  std::vector<std::string> state_names() const {
    std::vector<std::string> names;
    if (n_chain() > 0) names.emplace_back("depot");
    for (std::size_t i = 1; i < n_chain(); ++i) names.push_back("transit_" + std::to_string(i));
    add_disposition(names);
    return names;
  }

 private:
  void add_disposition(std::vector<std::string>& names) const {
    names.emplace_back("central");
    if (n_disposition == 2) names.emplace_back("peripheral");
    if (n_disposition == 3) names.insert(names.end(), {"peripheral_1", "peripheral_2"});
  }
};

}  // namespace mgpk::classic
