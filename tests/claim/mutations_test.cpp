// A law that is turned round changes a verdict: each is bent by its own constants, further than the
// evidence allows, and the claim that rests on it must notice.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <mgpk/claim/answers.hpp>

using namespace mgpk;

namespace {

struct Mutation {
  std::string law;
  study::Overrides bent;
  std::string id;     ///< of a claim that rests on the law
  bool dies = false;  ///< no body can live by the law turned round, and its run says so
};

claim::Verdict verdict(const std::string& id, const study::Overrides& overrides) {
  claim::AnswerOptions options;
  options.n_draws = 0;
  options.overrides = overrides;
  options.allow_outside_range = true;
  return claim::answers(options, {id}).front().model;
}

double value(const char* key) { return evidence::parameter(key).value; }

const std::vector<Mutation>& mutations() {
  static const std::vector<Mutation> all{
      {"acid: the stomach makes none",
       {{"acid_basal_mmol_per_h", 0}, {"acid_meal_mmol_per_h", 0}},
       "A4-005"},
      {"dissolution: oxide needs no acid", {{"k_dissolution_neutral_per_h", 50}}, "A2-006"},
      {"emptying: a meal does not slow it", {{"k_emptying_fed_per_h", 2.4}}, "A3-033"},
      {"absorption: uptake does not saturate",
       {{"km_uptake_mmol", 1000 * value("km_uptake_mmol")},
        {"vmax_duodenum_mmol_per_h", 1000 * value("vmax_duodenum_mmol_per_h")},
        {"vmax_jejunum_mmol_per_h", 1000 * value("vmax_jejunum_mmol_per_h")},
        {"vmax_ileum_mmol_per_h", 1000 * value("vmax_ileum_mmol_per_h")},
        {"vmax_colon_mmol_per_h", 1000 * value("vmax_colon_mmol_per_h")}},
       "A2-050"},
      {"transit: the small intestine holds things for days",
       {{"t_jejunum_h", 20 * value("t_jejunum_h")}, {"t_ileum_h", 20 * value("t_ileum_h")}},
       "A2-006"},
      {"complexation: what is bound is lost", {{"f_labile_complex", 0}}, "A2-036"},
      {"secretion: the gut takes seven times as much",
       {{"secretion_reference_mmol_per_d", 15}},
       "A3-026"},
      {"binding: most is bound",
       {{"f_uf_reference", 0.2}, {"f_ionized_reference", 0.18}},
       "A3-026"},
      {"exchange: from where there is less to where there is more",
       {{"q_interstitial_L_per_h_per_kg", -0.2}},
       "A4-009",
       true},
      {"slow pool: large and fast",
       {{"k_slow_per_h", 0.02}, {"a_slow_mmol_per_kg", 200}},
       "A4-013"},
      {"segments: nothing is left to the distal tubule",
       {{"f_tm_dct", 0}, {"f_tm_pt", value("f_tm_pt") + value("f_tm_dct")}},
       "A2-042"},
      {"filtration: eight times as much", {{"gfr_reference_mL_per_min", 960}}, "A3-026"},
      {"adaptation: the tubule takes back less as plasma falls",
       {{"adaptation_gain_relative", -0.5}},
       "A4-013"},
      {"sweat: more than the diet brings", {{"sweat_reference_mmol_per_d", 20}}, "A3-026"},
      {"glycine dose: twice as heavy", {{"molar_mass_glycine_g_per_mol", 150}}, "A2-003"},
      {"stool: magnesium takes water away", {{"stool_water_g_per_mmol", -7.3}}, "A2-004"},
      {"uptake by filtration: it rises as filtration falls",
       {{"f_uptake_without_gfr", 3}},
       "A3-031"},
      {"reabsorption: the tubule lets the same share go at any level",
       {{"splay_mmol_per_L", 20}, {"tm_mmol_per_L", 10}},
       "A1-009"},
      {"glycine: it spreads over a twentieth of the volume",
       {{"v_glycine_L_per_kg", value("v_glycine_L_per_kg") / 20}},
       "A1-017"},
      {"csf: a fall for each rise", {{"f_csf_gain", -5}}, "A1-015"},
      {"NMDA block: magnesium opens", {{"nmda_steepness_per_mV", -0.062}}, "A1-014"},
      {"release: magnesium helps", {{"nmj_magnesium_half_mmol_per_L", -2.97}}, "A2-019"},
      {"RyR1: magnesium opens", {{"ryr1_in_situ_exponent", -20}}, "A2-018"},
      {"cells: they hold what plasma holds many times over", {{"elasticity_cells", 60}}, "A3-009"},
      {"loose stools: nobody is near the limit", {{"stool_mass_loose_g_per_d", 2000}}, "A2-059"},
  };
  return all;
}

}  // namespace

TEST_CASE("a law that is turned round changes a verdict") {
  for (const auto& mutation : mutations()) {
    const auto usual = verdict(mutation.id, {});
    CHECK(usual != claim::Verdict::not_testable);
    const auto bent = verdict(mutation.id, mutation.bent);
    CHECK_MESSAGE(bent != usual, mutation.law, " leaves ", mutation.id, " at ",
                  std::string(claim::name_of(usual)));
    CHECK_MESSAGE((bent == claim::Verdict::not_testable) == mutation.dies, mutation.law);
  }
}
