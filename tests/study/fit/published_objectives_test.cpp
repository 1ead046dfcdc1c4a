// The objective at published estimates is the published objective, for three public data sets.
//
// data/fit/README.md says where data and numbers were read. Fits of the same sets stand in
// tests/python/test_fit_mixed_published.py.
#include <mgpk/study/fit/mixed_model.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <mgpk/record/csv.hpp>
#include <mgpk/study/fit/classic_predictor.hpp>

using namespace mgpk;
using namespace mgpk::study::fit;

namespace {

record::DataSet data_set(const std::string& name) {
  std::ifstream file(std::string(MGPK_SOURCE_DIR "/data/fit/").append(name));
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return record::read_csv(text.str());
}

/// A model whose numbers all have a random effect of their own, and offsets by covariates.
struct Published {
  record::DataSet data;
  classic::Model model;
  std::vector<std::string> names;
  ErrorKind error;

  template <class Offset>
  MixedModel mixed(std::size_t n_covariates, Offset&& covariates) const {
    std::vector<std::size_t> rows;
    Population population;
    std::string last;
    for (const auto& o : data.observations()) {
      rows.push_back(o.row);
      const std::string& id = data.people()[o.person].id;
      if (id != last) {
        Person person;
        const auto n = static_cast<Eigen::Index>(names.size());
        const auto wide = static_cast<Eigen::Index>(n_covariates);
        person.design = Eigen::MatrixXd::Zero(n, n + wide);
        person.design.leftCols(n).setIdentity();
        person.offset = Eigen::VectorXd::Zero(n);
        covariates(o.row, person);
        population.people.push_back(person);
      }
      last = id;
      population.people.back().data.push_back({o.value});
    }
    population.transforms.assign(names.size(), Transform{TransformKind::log});
    for (std::size_t k = 0; k < names.size(); ++k) {
      population.random.push_back(k);
      population.blocks.push_back(k);
    }
    population.errors = {error};
    return MixedModel(std::move(population),
                      std::make_shared<ClassicPredictor>(model, names, data, rows));
  }
};

classic::Model oral(double cl, double v, double ka) {
  classic::Model model;
  model.layout.absorption = classic::Absorption::first_order;
  model.parameters.cl_L_per_h = cl;
  model.parameters.v_central_L = v;
  model.parameters.ka_per_h = ka;
  return model;
}

const auto without = [](std::size_t, Person&) {};

Eigen::VectorXd logs(const std::vector<double>& fixed, const std::vector<double>& errors,
                     const std::vector<double>& variances) {
  std::vector<double> all;
  all.reserve(fixed.size() + errors.size() + variances.size());
  for (const double x : fixed) all.push_back(std::log(x));
  for (const double x : errors) all.push_back(std::log(x));
  for (const double x : variances) all.push_back(0.5 * std::log(x));
  return Eigen::Map<Eigen::VectorXd>(all.data(), static_cast<Eigen::Index>(all.size()));
}

double objective(const MixedModel& model, const Eigen::VectorXd& theta) {
  const auto e = model.evaluate(theta, model.start());
  CHECK(e.failure == "");
  CHECK(e.n_unsettled == 0);
  return e.objective;
}

}  // namespace

TEST_CASE("theophylline: nlmixr2's FOCEi at its printed estimates") {
  const Published published{data_set("theophylline.csv"),
                            oral(2.75, 31.8, 1.6),
                            {"ka_per_h", "cl_L_per_h", "v_central_L"},
                            ErrorKind::additive};
  const auto variance = [](double cv) { return std::log1p(cv * cv); };
  const double here = objective(published.mixed(0, without),
                                logs({std::exp(0.4663), std::exp(1.012), std::exp(3.460)}, {0.6947},
                                     {variance(0.7000), variance(0.2680), variance(0.1388)}));
  CHECK(here == doctest::Approx(116.804).epsilon(0.002 / 117));
}

TEST_CASE("phenobarbital: NONMEM's FOCEI at its printed estimates") {
  classic::Model model;
  model.parameters.cl_L_per_h = 0.005;
  model.parameters.v_central_L = 1.0;
  const Published published{
      data_set("phenobarbital.csv"), model, {"cl_L_per_h", "v_central_L"}, ErrorKind::proportional};
  const auto& data = published.data;
  const auto mixed = published.mixed(1, [&](std::size_t row, Person& person) {
    person.offset.setConstant(std::log(data.numbers("WT")[row]));
    person.design(1, 2) = data.numbers("APGR")[row] < 5 ? 1 : 0;
  });
  CHECK(mixed.population().people.size() == 59);
  const double here = objective(mixed, logs({4.6955e-3, 0.98426, 1 + 0.15892},
                                            {std::sqrt(1.3241e-2)}, {2.9351e-2, 2.7906e-2}));
  CHECK(here == doctest::Approx(586.27605628188053).epsilon(1e-6));
}

TEST_CASE("warfarin: nlmixr2's FOCEi without a lag, at its printed estimates") {
  const Published published{data_set("warfarin.csv"),
                            oral(0.135, 8, 1),
                            {"ka_per_h", "cl_L_per_h", "v_central_L"},
                            ErrorKind::proportional};
  const double here =
      objective(published.mixed(0, without),
                logs({0.6483, 0.1356, 8.168}, {std::sqrt(0.0505)}, {0.4345, 0.0727, 0.0383}));
  CHECK(here == doctest::Approx(474.6118).epsilon(0.01 / 475));
}
