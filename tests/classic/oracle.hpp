// An independent answer for random records: long double, Sylvester's formula, an event queue.
//
// Nothing here is shared with the library but the plain numbers of a row. The rules are walked
// forward with a queue of pulses (the library orders everything beforehand), exponentials of the
// matrix come from its known eigenvalues (the library uses divided differences), and a steady state
// is the sum over past doses (the library solves for the fixed point).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

#include "oracle_flow.hpp"

namespace oracle {

/// A record and everything the data set says beside it.
struct Row {
  double time = 0;
  int evid = 0;
  double amt = 0, rate = 0, ii = 0;
  int addl = 0, ss = 0, cmt = 0;
  double lag = 0, f = 1, d = 0, r = 0;  ///< of doses into the compartment that defines them
  Model model{};
};

/// Which row's model holds on the way to a row.
enum class Carried { backward, forward };

class Walk {
 public:
  explicit Walk(Carried carried) : carried_(carried) {}

  /// The concentration in the central compartment, row by row.
  std::vector<double> run(const std::vector<Row>& rows) {
    std::vector<double> c;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Row& row = rows[i];
      const bool back = i > 0 && row.time < rows[i - 1].time;
      if (i == 0 || back) {
        now_ = wide(row.time);
      } else {
        go_to(wide(row.time), carried_ == Carried::backward ? row.model : rows[i - 1].model);
      }
      if (row.evid == 3 || row.evid == 4) forget();
      if (row.evid == 1 || row.evid == 4) dose(row);
      c.push_back(static_cast<double>(x_[1] / row.model.v));
    }
    return c;
  }

 private:
  struct Pulse {
    Number from, to, rate, amount;  ///< amount at `from`, or rate between `from` and `to`
    std::size_t compartment;
  };
  static constexpr Number same = 1e-9L;

  void forget() {
    x_ = {};
    pulses_.clear();
  }

  void go_to(Number time, const Model& model) {
    const Flow flow(model);
    for (;;) {
      Number next = time;
      for (const Pulse& p : pulses_)
        for (const Number edge : {p.from, p.to})
          if (edge > now_ + same && edge < next - same) next = edge;
      Vector input{};
      for (const Pulse& p : pulses_)
        if (p.rate > 0 && p.from <= now_ + same && p.to > now_ + same)
          input[p.compartment] += p.rate;
      if (next > now_ + same) x_ = flow.advance(x_, input, next - now_);
      now_ = next;
      arrive();
      if (next >= time - same) break;
    }
  }

  void arrive() {
    for (Pulse& p : pulses_)
      if (p.amount > 0 && p.from <= now_ + same) {
        x_[p.compartment] += p.amount;
        p.amount = 0;
      }
  }

  void dose(const Row& row) {
    const std::size_t where = row.cmt == 0 ? 0 : static_cast<std::size_t>(row.cmt) - 1;
    const bool own = where == 1;  // the central compartment defines lag, F, D and R
    const Number lag = own ? wide(row.lag) : 0, f = own ? wide(row.f) : 1;
    Number amount = wide(row.amt) * f, rate = 0, length = 0;
    if (row.rate > 0) rate = wide(row.rate);
    if (row.rate == -1) rate = wide(row.r);
    if (rate > 0) length = amount / rate;
    if (row.rate == -2) {
      length = wide(row.d);
      rate = amount / length;
    }
    if (row.ss == 1) forget();
    if (row.ss > 0 && row.amt == 0) {
      Vector input{};
      input[where] = rate;
      add(Flow(row.model).settle(input));
      return;
    }
    if (row.ss > 0) add_past(row, where, lag, amount, rate, length);
    for (int i = 0; i <= row.addl; ++i) {
      const Number at = wide(row.time) + i * wide(row.ii) + lag;
      if (rate > 0) {
        pulses_.push_back({at, at + length, rate, 0, where});
      } else if (i == 0 && lag == 0) {
        x_[where] += amount;
      } else {
        pulses_.push_back({at, at, 0, amount, where});
      }
    }
  }

  void add(const Vector& more) {
    for (std::size_t i = 0; i < n; ++i) x_[i] += more[i];
  }

  /// Pulses at record + lag - n II for all n from 1 on; what still runs at the record runs on.
  void add_past(const Row& row, std::size_t where, Number lag, Number amount, Number rate,
                Number length) {
    const Flow flow(row.model);
    for (int i = 1;; ++i) {
      const Number age = i * wide(row.ii) - lag;
      Vector one{};
      if (rate == 0) {
        one[where] = amount;
        one = Flow::apply(flow.after(age), one);
      } else {
        Vector input{};
        input[where] = rate;
        one = flow.advance({}, input, std::min(age, length));
        if (age > length) one = Flow::apply(flow.after(age - length), one);
        if (age < length - same) pulses_.push_back({now_, now_ + length - age, rate, 0, where});
      }
      add(one);
      if (flow.slowest() * (age - length) > 60) return;
      if (i > 200000) throw std::runtime_error("the oracle's steady state does not settle");
    }
  }

  Carried carried_;
  Number now_ = 0;
  Vector x_{};
  std::vector<Pulse> pulses_;
};

}  // namespace oracle
