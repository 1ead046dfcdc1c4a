// Predictions of classic fits agree with classic::predict, and slopes with differences of it.
#include <mgpk/study/fit/classic_predictor.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <mgpk/classic/predict.hpp>
#include <mgpk/error.hpp>
#include <mgpk/record/csv.hpp>

using namespace mgpk;
using namespace mgpk::study::fit;

namespace {

const std::string oral = R"(ID,TIME,AMT,RATE,II,ADDL,SS,EVID,CMT,DV
a,0,100,0,0,0,0,1,1,.
a,0.5,.,0,0,0,0,0,2,1
a,2,.,0,0,0,0,0,2,1
a,6,80,0,12,2,0,1,1,.
a,20,.,0,0,0,0,0,2,1
a,44,.,0,0,0,0,0,2,1
b,0,50,0,8,0,1,1,1,.
b,1,.,0,0,0,0,0,2,1
b,7,.,0,0,0,0,0,2,1
b,9,20,0,0,0,0,1,2,.
b,12,.,0,0,0,0,0,2,1
c,0,30,0,0,0,0,1,1,.
)";

const std::string infused = R"(ID,TIME,AMT,RATE,II,SS,EVID,CMT,DV
a,0,100,40,0,0,1,1,.
a,1,.,0,0,0,0,1,1
a,4,.,0,0,0,0,1,1
a,5,60,30,6,1,1,1,.
a,6,.,0,0,0,0,1,1
a,10,.,0,0,0,0,1,1
b,0,0,15,0,1,1,1,.
b,3,.,0,0,0,0,1,1
)";

const std::string infused_depot = R"(ID,TIME,AMT,RATE,II,SS,EVID,CMT,DV
a,0,100,40,0,0,1,1,.
a,1,.,0,0,0,0,2,1
a,4,.,0,0,0,0,2,1
a,5,60,30,6,1,1,1,.
a,6,.,0,0,0,0,2,1
a,10,.,0,0,0,0,2,1
)";

std::vector<std::size_t> observed_rows(const record::DataSet& data) {
  std::vector<std::size_t> rows;
  for (const auto& o : data.observations()) rows.push_back(o.row);
  return rows;
}

classic::Model oral_model() {
  classic::Model model;
  model.layout.absorption = classic::Absorption::first_order;
  model.parameters.cl_L_per_h = 3.0;
  model.parameters.v_central_L = 25.0;
  model.parameters.ka_per_h = 0.9;
  model.parameters.c_baseline_amount_per_L = 0.4;
  model.doses[0].tlag_h = 0.3;
  model.doses[0].f_bioavailable = 0.7;
  return model;
}

classic::Model iv_model() {
  classic::Model model;
  model.parameters.cl_L_per_h = 3.0;
  model.parameters.v_central_L = 25.0;
  return model;
}

void check_against_predict(const classic::Model& model, const record::DataSet& data,
                           const std::vector<std::string>& names, const Eigen::VectorXd& phi) {
  const auto rows = observed_rows(data);
  const ClassicPredictor exact(model, names, data, rows);
  ClassicOptions by_differences;
  by_differences.exact_slopes = false;
  const ClassicPredictor differenced(model, names, data, rows, by_differences);
  CHECK(exact.has_exact_slopes());
  CHECK_FALSE(differenced.has_exact_slopes());
  std::vector<Request> requests;
  for (std::size_t i = 0; i < exact.n_people(); ++i) requests.push_back({i, phi});
  const auto first = exact.predict(requests, Slopes::wanted);
  const auto plain = exact.predict(requests, Slopes::none);
  const auto second = differenced.predict(requests, Slopes::wanted);
  for (std::size_t i = 0; i < first.size(); ++i) {
    CAPTURE(i);
    REQUIRE(first[i].failure == "");
    REQUIRE(second[i].failure == "");
    CHECK((first[i].f - second[i].f).norm() < 1e-12 * second[i].f.norm());
    CHECK((plain[i].f - second[i].f).norm() < 1e-12 * second[i].f.norm());
    for (Eigen::Index k = 0; k < phi.size(); ++k) {
      CAPTURE(names[static_cast<std::size_t>(k)]);
      CHECK((first[i].slopes.col(k) - second[i].slopes.col(k)).norm() <
            1e-8 * (second[i].slopes.col(k).norm() + 1));
    }
  }
}

}  // namespace

TEST_CASE("oral doses, repeats, steady states and lags: values and slopes are those of predict") {
  const auto data = record::read_csv(oral);
  Eigen::VectorXd phi(6);
  phi << 2.5, 20, 1.1, 0.25, 0.6, 0.3;
  check_against_predict(oral_model(), data,
                        {"cl_L_per_h", "v_central_L", "ka_per_h", "tlag_h", "f_bioavailable",
                         "c_baseline_amount_per_L"},
                        phi);
}

TEST_CASE("where absorption is as fast as elimination the slopes keep their digits") {
  const auto data = record::read_csv(oral);
  for (const double away : {0.0, 1e-12, 1e-6, 1e-3}) {
    Eigen::VectorXd phi(3);
    phi << 5.0, 20, 0.25 * (1 + away);
    check_against_predict(oral_model(), data, {"cl_L_per_h", "v_central_L", "ka_per_h"}, phi);
  }
}

TEST_CASE("infusions, alone, at steady state and without end, into both compartments") {
  Eigen::VectorXd phi(2);
  phi << 2.5, 20;
  check_against_predict(iv_model(), record::read_csv(infused), {"cl_L_per_h", "v_central_L"}, phi);
  Eigen::VectorXd oral_phi(3);
  oral_phi << 2.5, 20, 0.4;
  check_against_predict(oral_model(), record::read_csv(infused_depot),
                        {"cl_L_per_h", "v_central_L", "ka_per_h"}, oral_phi);
}

TEST_CASE("other models have differences; people without observations are left out") {
  classic::Model two = iv_model();
  two.layout.n_disposition = 2;
  two.parameters.q_1_L_per_h = 2.0;
  two.parameters.v_peripheral_1_L = 30.0;
  const auto data = record::read_csv(infused);
  const ClassicPredictor predictor(two, {"cl_L_per_h", "q_1_L_per_h"}, data, observed_rows(data));
  CHECK_FALSE(predictor.has_exact_slopes());
  const auto oral_data = record::read_csv(oral);
  const ClassicPredictor people(oral_model(), {"ka_per_h"}, oral_data, observed_rows(oral_data));
  CHECK(people.ids() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("numbers that cannot be are failures with a reason; wrong names are refused") {
  const auto data = record::read_csv(oral);
  const auto rows = observed_rows(data);
  const ClassicPredictor predictor(oral_model(), {"v_central_L"}, data, rows);
  std::vector<Request> requests{{0, Eigen::VectorXd::Constant(1, -1.0)},
                                {0, Eigen::VectorXd::Constant(1, std::nan(""))}};
  const auto answers = predictor.predict(requests, Slopes::wanted);
  CHECK(answers[0].failure == "v_central_L cannot be -1");
  CHECK(answers[1].failure == "v_central_L cannot be nan");
  CHECK_THROWS_AS(ClassicPredictor(oral_model(), {"volume"}, data, rows), UnknownNameError);
  CHECK_THROWS_AS(ClassicPredictor(iv_model(), {"ka_per_h"}, record::read_csv(infused), {1}),
                  InputError);
}
