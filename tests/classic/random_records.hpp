// Random data sets in which every rule of dosing meets every other, for the oracle and the engines.
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include <mgpk/error.hpp>

#include "oracle.hpp"

namespace oracle {

struct RandomSet {
  int n_compartments = 1;  ///< beside the depot
  std::vector<Row> rows;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : draw_(seed) {}

  /// With `varying`, clearance and volume change from row to row.
  RandomSet set(int n_compartments, bool varying) {
    RandomSet set{n_compartments, {}};
    const Model usual = model(n_compartments);
    double time = tenths(20);
    const int n_rows = 4 + below(10);
    for (int i = 0; i < n_rows; ++i) {
      Row row;
      row.evid = kind();
      if (i > 0 && below(10) >= 3) time += tenths(80);
      if (i > 0 && (row.evid == 3 || row.evid == 4) && below(3) == 0) time = tenths(20);
      row.time = time;
      row.model = varying ? changed(usual) : usual;
      attributes(row);
      if (row.evid == 1 || row.evid == 4) dose(row);
      set.rows.push_back(row);
    }
    return set;
  }

 private:
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(draw_); }
  double between(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(draw_);
  }
  /// On a grid, so that equal times, and times that are equal but for rounding, are common.
  double tenths(int limit) { return 0.1 * below(limit); }

  int kind() {
    const int die = below(20);
    if (die < 8) return 0;
    if (die < 17) return 1;
    return die - 15;  // 2, 3, 4
  }

  /// Rates of different size, so that the formula of the oracle keeps its digits.
  Model model(int n_compartments) {
    Model m{};
    m.cl = wide(between(1, 4));
    m.v = wide(between(10, 30));
    m.ka = wide(between(0.9, 1.6));
    m.q1 = n_compartments > 1 ? wide(between(4, 8)) : 0;
    m.v1 = wide(between(12, 20));
    m.q2 = n_compartments > 2 ? wide(between(0.5, 1)) : 0;
    m.v2 = wide(between(20, 40));
    return m;
  }

  Model changed(Model m) {
    m.cl *= static_cast<Number>(between(0.6, 1.5));
    m.v *= static_cast<Number>(between(0.8, 1.2));
    // What the data set will hold is the double.
    m.cl = wide(static_cast<double>(m.cl));
    m.v = wide(static_cast<double>(m.v));
    return m;
  }

  void attributes(Row& row) {
    row.lag = below(2) == 0 ? 0 : tenths(30);
    row.f = between(0.3, 1.2);
    row.d = 0.5 + tenths(60);
    row.r = between(5, 30);
  }

  void dose(Row& row) {
    row.amt = between(10, 200);
    row.cmt = below(3);
    const int form = below(5);
    if (form == 1) row.rate = between(5, 40);
    if (form == 2 && row.cmt == 2) row.rate = -1;
    if (form == 3 && row.cmt == 2) row.rate = -2;
    if (below(2) == 0) {
      row.ii = 3.5 + tenths(200);  // longer than any lag
      row.addl = below(5);
      if (below(2) == 0) row.ss = 1 + below(2);
    }
    if (below(25) == 0) {  // an infusion that always ran
      row.amt = row.ii = 0;
      row.addl = 0;
      row.ss = 1 + below(2);
      row.rate = between(5, 40);
    }
  }

  std::mt19937_64 draw_;
};

/// The sets as one file, a person each.
inline std::string csv(const std::vector<RandomSet>& sets) {
  std::string text = "ID,TIME,EVID,AMT,RATE,II,ADDL,SS,CMT,DV,CL,V,LAGC,FC,DC,RC\n";
  for (std::size_t i = 0; i < sets.size(); ++i)
    for (const Row& row : sets[i].rows) {
      text += std::to_string(i + 1);
      const double cl = static_cast<double>(row.model.cl), v = static_cast<double>(row.model.v);
      for (const double number :
           {row.time, double(row.evid), row.amt, row.rate, row.ii, double(row.addl), double(row.ss),
            double(row.cmt), 1.0, cl, v, row.lag, row.f, row.d, row.r})
        text += ',' + mgpk::text_of(number);
      text += '\n';
    }
  return text;
}

}  // namespace oracle
