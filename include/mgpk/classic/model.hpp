// A classic model: compartments, numbers, what it says of doses, and where it was published.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/classic/layout.hpp>
#include <mgpk/classic/parameters.hpp>
#include <mgpk/error.hpp>

namespace mgpk::classic {

/// What the model says of doses into one compartment; read at the record of the dose.
struct DoseQuantities {
  Quantity f_bioavailable = 1.0;
  Quantity tlag_h = 0.0;
  Quantity duration_h{};  ///< of infusions with RATE = -2
  Quantity rate{};        ///< of infusions with RATE = -1, amount per hour
  bool operator==(const DoseQuantities&) const = default;
};

/// Where a ready model comes from, in words.
struct Publication {
  std::string reference{};  ///< key of data/references.csv; empty for a model of the user's own
  std::string cohort{};
  std::vector<std::string> variability{};
  std::vector<std::string> notes{};
  bool operator==(const Publication&) const = default;
};

struct Model {
  std::string name = "classic model";
  Layout layout{};
  Parameters<Quantity> parameters{};
  std::array<DoseQuantities, 4> doses{};  ///< by the compartments of records
  Publication publication{};
  bool operator==(const Model&) const = default;

  /// Whether the flows are linear in the amounts; only then there is a closed form.
  bool is_linear() const { return !parameters.vmax_amount_per_h.is_given(); }
};

namespace detail {

inline bool may_be_zero(std::string_view name) {
  return name == "cl_L_per_h" || name == "vmax_amount_per_h" || name == "c_baseline_amount_per_L";
}

/// `what` names the parameter, and the column and row where it comes from one.
inline void check_value(std::string_view name, std::string_view what, double value) {
  if (may_be_zero(name))
    require_not_negative(what, value, "give 0 or more");
  else
    require_positive(what, value, "give a positive number");
}

inline bool is_needed(const Layout& at, std::string_view name) {
  if (name == "v_central_L") return true;
  if (name == "q_1_L_per_h" || name == "v_peripheral_1_L") return at.n_disposition > 1;
  if (name == "q_2_L_per_h" || name == "v_peripheral_2_L") return at.n_disposition > 2;
  if (name == "ka_per_h") return at.absorption == Absorption::first_order;
  if (name == "k_transit_per_h") return at.absorption == Absorption::transit;
  return name == "t_zero_order_h" && at.absorption == Absorption::zero_order;
}

inline bool is_optional(const Layout& at, std::string_view name) {
  return name == "cl_L_per_h" || name == "vmax_amount_per_h" || name == "km_amount_per_L" ||
         name == "scale" || name == "c_baseline_amount_per_L" ||
         (name == "ka_per_h" && at.absorption == Absorption::transit);
}

inline void check_layout(const Layout& at) {
  require(at.n_disposition >= 1 && at.n_disposition <= 3, "a classic model has 1 to 3 compartments",
          static_cast<double>(at.n_disposition), "count the central one and its peripherals");
  const bool chain = at.absorption == Absorption::transit;
  require(chain ? at.n_transit >= 1 && at.n_transit <= most_transit : at.n_transit == 0,
          "n_transit must lie between 1 and 12", static_cast<double>(at.n_transit),
          "give the number of transit compartments, and k_transit_per_h");
}

inline void check_elimination(const Parameters<Quantity>& p) {
  if (!p.cl_L_per_h.is_given() && !p.vmax_amount_per_h.is_given())
    fail("a model needs cl_L_per_h, or vmax_amount_per_h and km_amount_per_L", "none of them",
         "say how the substance leaves; cl_L_per_h = 0 keeps it");
  if (p.vmax_amount_per_h.is_given() != p.km_amount_per_L.is_given())
    fail("vmax_amount_per_h and km_amount_per_L come together", "one of them", "give both");
}

}  // namespace detail

/// Refuses a model that lacks a number, has one that it cannot use, or one that is impossible.
inline void validate(const Model& model) {
  detail::check_layout(model.layout);
  detail::check_elimination(model.parameters);
  for (std::size_t i = 0; i < n_parameters; ++i) {
    const Quantity& quantity = model.parameters.*parameter_members<Quantity>[i];
    const std::string name(parameter_names[i]);
    const bool needed = detail::is_needed(model.layout, name);
    if (needed && !quantity.is_given())
      fail("this model needs " + name, "missing", "give a number or the name of a column");
    if (!quantity.is_given()) continue;
    if (!needed && !detail::is_optional(model.layout, name))
      fail("each number must be one that the model reads", name, "leave it out");
    if (!quantity.is_column()) detail::check_value(name, name, quantity.value);
  }
  const auto names = model.layout.compartment_names();
  for (std::size_t c = 0; c < model.doses.size(); ++c)
    if (c >= names.size() && !(model.doses[c] == DoseQuantities{}))
      fail("what is said of doses must name a compartment of the model", std::to_string(c + 1),
           "this model has " + std::to_string(names.size()));
}

}  // namespace mgpk::classic
