// An independent answer for random records: long double, Sylvester's formula, an event queue.
//
// Nothing here is shared with the library but the plain numbers of a row. The rules are walked
// forward with a queue of pulses (the library orders everything beforehand), exponentials of the
// matrix come from its known eigenvalues (the library uses divided differences), and a steady state
// is the sum over past doses (the library solves for the fixed point).
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace oracle {

using Number = long double;
constexpr std::size_t n = 4;  // depot, central, two peripherals; unused ones stay empty
using Vector = std::array<Number, n>;
using Matrix = std::array<Vector, n>;

/// A one- to three-compartment model with a depot; q = 0 switches a peripheral off.
struct Model {
  Number ka, cl, v, q1, v1, q2, v2;
};

/// A record and everything the data set says beside it.
struct Row {
  double time = 0;
  int evid = 0;
  double amt = 0, rate = 0, ii = 0;
  int addl = 0, ss = 0, cmt = 0;
  double lag = 0, f = 1, d = 0, r = 0;  ///< of doses into the compartment that defines them
  Model model{};
};

/// exp(-K t) from the eigenvalues of K, which must differ: the sum over eigenvalues z of
/// exp(-z t) times the product over the others w of (K - w) / (z - w).
class Flow {
 public:
  explicit Flow(const Model& m) : k_(rates(m)), eigenvalues_(eigenvalues(m)) {}

  Matrix after(Number t) const {
    Matrix sum{};
    for (const Number z : eigenvalues_) {
      Matrix term = identity();
      for (const Number w : eigenvalues_) {
        if (w == z) continue;
        term = times(term, shifted(w), 1 / (z - w));
      }
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) sum[i][j] += std::exp(-z * t) * term[i][j];
    }
    return sum;
  }

  /// The state after `t` with constant input.
  Vector advance(const Vector& x, const Vector& input, Number t) const {
    const Vector level = settle(input);
    Vector away{};
    for (std::size_t i = 0; i < n; ++i) away[i] = x[i] - level[i];
    Vector y = apply(after(t), away);
    for (std::size_t i = 0; i < n; ++i) y[i] += level[i];
    return y;
  }

  /// The level that a constant input leads to: what solves K x = input.
  Vector settle(const Vector& input) const {
    Matrix a = k_;
    Vector b = input;
    for (std::size_t i = 0; i < n; ++i)
      if (a[i][i] == 0) a[i][i] = 1;  // an unused compartment
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t i = p + 1; i < n; ++i) {
        const Number factor = a[i][p] / a[p][p];
        for (std::size_t j = p; j < n; ++j) a[i][j] -= factor * a[p][j];
        b[i] -= factor * b[p];
      }
    Vector x{};
    for (std::size_t i = n; i-- > 0;) {
      x[i] = b[i];
      for (std::size_t j = i + 1; j < n; ++j) x[i] -= a[i][j] * x[j];
      x[i] /= a[i][i];
    }
    return x;
  }

  Number slowest() const { return *std::min_element(eigenvalues_.begin(), eigenvalues_.end()); }

  static Vector apply(const Matrix& m, const Vector& x) {
    Vector y{};
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) y[i] += m[i][j] * x[j];
    return y;
  }

 private:
  static Matrix rates(const Model& m) {
    Matrix k{};
    k[0][0] = m.ka;
    k[1][0] = -m.ka;
    k[1][1] = (m.cl + m.q1 + m.q2) / m.v;
    k[1][2] = -m.q1 / m.v1;
    k[2][1] = -m.q1 / m.v;
    k[2][2] = m.q1 / m.v1;
    k[1][3] = -m.q2 / m.v2;
    k[3][1] = -m.q2 / m.v;
    k[3][3] = m.q2 / m.v2;
    return k;
  }

  /// ka, and the roots of the disposition's polynomial, found where its sign changes: they lie
  /// between 0 and the exchange rates, and above them.
  static std::vector<Number> eigenvalues(const Model& m) {
    std::vector<Number> exchange;
    if (m.q1 > 0) exchange.push_back(m.q1 / m.v1);
    if (m.q2 > 0) exchange.push_back(m.q2 / m.v2);
    std::sort(exchange.begin(), exchange.end());
    const Number top = 2 * ((m.cl + m.q1 + m.q2) / m.v + m.q1 / m.v1 + m.q2 / m.v2);
    std::vector<Number> edges{0};
    edges.insert(edges.end(), exchange.begin(), exchange.end());
    edges.push_back(top);
    std::vector<Number> roots{m.ka};
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
      roots.push_back(root(m, edges[i], edges[i + 1]));
    return roots;
  }

  /// det(K - z) of the disposition, without the depot.
  static Number polynomial(const Model& m, Number z) {
    const Number k = (m.cl + m.q1 + m.q2) / m.v, k21 = m.q1 / m.v1, k31 = m.q2 / m.v2;
    if (m.q1 == 0) return k - z;
    if (m.q2 == 0) return (k - z) * (k21 - z) - m.q1 / m.v * k21;
    return (k - z) * (k21 - z) * (k31 - z) - m.q1 / m.v * k21 * (k31 - z) -
           m.q2 / m.v * k31 * (k21 - z);
  }

  static Number root(const Model& m, Number low, Number high) {
    const bool rising = polynomial(m, low) < 0;
    for (int i = 0; i < 200; ++i) {
      const Number middle = (low + high) / 2;
      ((polynomial(m, middle) < 0) == rising ? low : high) = middle;
    }
    return (low + high) / 2;
  }

  static Matrix identity() {
    Matrix one{};
    for (std::size_t i = 0; i < n; ++i) one[i][i] = 1;
    return one;
  }

  Matrix shifted(Number w) const {
    Matrix m = k_;
    for (std::size_t i = 0; i < n; ++i) m[i][i] -= w;
    return m;
  }

  static Matrix times(const Matrix& a, const Matrix& b, Number scale) {
    Matrix c{};
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k) c[i][j] += a[i][k] * b[k][j] * scale;
    return c;
  }

  Matrix k_;
  std::vector<Number> eigenvalues_;
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
        now_ = row.time;
      } else {
        go_to(row.time, carried_ == Carried::backward ? row.model : rows[i - 1].model);
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
    const Number lag = own ? row.lag : 0, f = own ? row.f : 1;
    Number amount = row.amt * f, rate = 0, length = 0;
    if (row.rate > 0) rate = row.rate;
    if (row.rate == -1) rate = row.r;
    if (rate > 0) length = amount / rate;
    if (row.rate == -2) {
      length = row.d;
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
      const Number at = row.time + i * static_cast<Number>(row.ii) + lag;
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
      const Number age = i * static_cast<Number>(row.ii) - lag;
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
