// The map of the states: every position taken once, every name given once.
#include <mgpk/body/layout.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "bodies.hpp"

using namespace mgpk;

namespace {

template <std::size_t Sources>
std::vector<std::size_t> all_positions() {
  using L = body::Layout<Sources>;
  std::vector<std::size_t> all{L::acid,         L::meal,     L::im_depot,       L::plasma,
                               L::interstitial, L::cells,    L::slow,           L::glycine_gut,
                               L::red_cells,    L::tm_shift, L::glycine_plasma, L::urine,
                               L::sweat,        L::secreted, L::auc_plasma};
  for (std::size_t segment = 0; segment < gut::n_segments; ++segment) {
    all.push_back(L::binder(segment));
    if (segment > 0) all.push_back(L::absorbed_in(segment));
  }
  for (std::size_t label = 0; label < L::n_labels; ++label) {
    for (std::size_t segment = 0; segment < gut::n_segments; ++segment)
      all.push_back(L::dissolved(label, segment));
    all.push_back(L::absorbed(label));
    all.push_back(L::feces_dissolved(label));
  }
  for (std::size_t source = 0; source < Sources; ++source) {
    for (std::size_t segment = 0; segment < gut::n_segments; ++segment)
      all.push_back(L::solid(source, segment));
    all.push_back(L::feces_solid(source));
  }
  return all;
}

template <std::size_t Sources>
void check_bijection() {
  using L = body::Layout<Sources>;
  const auto all = all_positions<Sources>();
  const std::set<std::size_t> distinct(all.begin(), all.end());
  CHECK(all.size() == L::n_states);
  CHECK(distinct.size() == L::n_states);
  CHECK(*distinct.rbegin() == L::n_states - 1);
}

template <std::size_t Sources>
void check_names() {
  const auto model = support::body_of<Sources>();
  const auto names = body::state_names<Sources>(model.labels);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(!names[i].empty());
    CHECK(model.state_name(i) == names[i]);
  }
}

}  // namespace

TEST_CASE("positions of one to four sources cover all states, each once") {
  check_bijection<1>();
  check_bijection<2>();
  check_bijection<3>();
  check_bijection<4>();
}

TEST_CASE("names are unique, whatever the number of sources") {
  check_names<1>();
  check_names<2>();
  check_names<3>();
  check_names<4>();
}

TEST_CASE("names say what, where, of which source and in which unit") {
  using L = body::Layout<2>;
  const std::array<std::string, 3> labels{"food", "citrate", "endogenous"};
  const auto names = body::state_names<2>(labels);
  CHECK(names[L::acid] == "a_acid_stomach_mmol");
  CHECK(names[L::meal] == "n_meals_in_stomach");
  CHECK(names[L::solid(1, gut::stomach)] == "a_solid_stomach_citrate_mmol");
  CHECK(names[L::dissolved(2, gut::colon)] == "a_dissolved_colon_endogenous_mmol");
  CHECK(names[L::absorbed(0)] == "a_absorbed_food_mmol");
  CHECK(names[L::feces_dissolved(1)] == "a_feces_dissolved_citrate_mmol");
  CHECK(names[L::feces_solid(1)] == "a_feces_solid_citrate_mmol");
  CHECK(names[L::auc_plasma] == "auc_plasma_total_mmol_h_per_L");
}

TEST_CASE("magnesium is held in pools and in what has left, not in counts of flows") {
  using L = body::Layout<3>;
  for (const std::size_t i :
       {L::acid, L::meal, L::glycine_gut, L::glycine_plasma, L::secreted, L::auc_plasma,
        L::absorbed(0), L::absorbed(L::endogenous), L::absorbed_in(gut::duodenum),
        L::absorbed_in(gut::colon), L::binder(gut::stomach), L::binder(gut::colon), L::tm_shift})
    CHECK_FALSE(L::holds_magnesium(i));
  for (const std::size_t i :
       {L::solid(0, gut::stomach), L::dissolved(L::endogenous, gut::colon), L::im_depot, L::plasma,
        L::interstitial, L::cells, L::red_cells, L::slow, L::feces_dissolved(0), L::feces_solid(2),
        L::urine, L::sweat})
    CHECK(L::holds_magnesium(i));
}
