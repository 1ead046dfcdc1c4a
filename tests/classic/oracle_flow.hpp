// The flows of the oracle: long double, Sylvester's formula, nothing of the library.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace oracle {

using Number = long double;
constexpr std::size_t n = 4;  // depot, central, two peripherals; unused ones stay empty
inline Number wide(double x) { return static_cast<Number>(x); }

using Vector = std::array<Number, n>;
using Matrix = std::array<Vector, n>;

/// A one- to three-compartment model with a depot; q = 0 switches a peripheral off.
struct Model {
  Number ka, cl, v, q1, v1, q2, v2;
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

}  // namespace oracle
