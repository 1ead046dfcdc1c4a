// Classic models on a table of records: an oral model with columns, and published IV models.
#include <cstdio>

#include <mgpk/classic/predict.hpp>
#include <mgpk/classic/published.hpp>
#include <mgpk/classic/read_outs.hpp>
#include <mgpk/mgpk.hpp>
#include <mgpk/record/csv.hpp>

namespace classic = mgpk::classic;

int main() {
  // A table as NONMEM would read it; record::read_csv_file takes a path.
  const auto records = mgpk::record::read_csv(
      "ID,TIME,AMT,CMT,RATE,ALAG,F,D\n"
      "1,0,100,1,0,0.5,0.8,3\n1,1,0,0,0,0.5,0.8,3\n1,2,0,0,0,0.5,0.8,3\n"
      "1,4,0,0,0,0.5,0.8,3\n1,8,0,0,0,0.5,0.8,3\n1,24,100,2,-2,0.5,0.8,3\n"
      "1,25,0,0,0,0.5,0.8,3\n1,30,0,0,0,0.5,0.8,3\n1,48,0,0,0,0.5,0.8,3\n");
  classic::Model model;
  model.layout.absorption = classic::Absorption::first_order;
  model.parameters.cl_L_per_h = 1.1;
  model.parameters.v_central_L = 20;
  model.parameters.ka_per_h = 1.5;
  model.doses[0].tlag_h = "ALAG";  // of the depot, where doses go by default
  model.doses[0].f_bioavailable = "F";
  model.doses[1].duration_h = "D";  // of infusions with RATE = -2
  const auto predictions = classic::predict(model, records);
  for (std::size_t row = 0; row < records.n_rows(); ++row)
    std::printf("%4.0f h  %7.4f per L\n", records.times_h()[row],
                predictions.c_central_amount_per_L[row]);
  const auto engine = name_of(predictions.people[0].engine);
  std::printf("engine: %.*s\n", static_cast<int>(engine.size()), engine.data());

  // 4 g of MgSO4 heptahydrate (16.2 mmol) over 20 min, then 1 g/h for 12 h, by three models.
  const auto drip = mgpk::record::read_csv(
      "TIME,AMT,RATE,CMT\n0,16.23,48.69,central\n0.3333333333333333,48.69,4.057,central\n"
      "6,0,0,central\n12,0,0,central\n");
  for (const auto& published :
       {classic::salinger_2013(70, 0.8), classic::clin_pharmacokinet_2002(0.85),
        classic::easterling_2018(90, 0.75)}) {
    const auto curve = classic::predict(published, drip);
    std::printf("%-25s %.2f mmol/L at 12 h, half-life %.1f h\n", published.name.c_str(),
                curve.c_central_amount_per_L.back(),
                classic::read_outs(published).half_lives_h.back());
  }
  std::printf("%.*s\n", static_cast<int>(mgpk::disclaimer.size()), mgpk::disclaimer.data());
}
