// The covariance of the random effects: back and forth, blocks, and what is refused.
#include <mgpk/study/fit/omega.hpp>

#include <doctest/doctest.h>

#include <mgpk/error.hpp>

using mgpk::study::fit::Omega;

TEST_CASE("a covariance comes back from its place, block by block") {
  const Omega omega({0, 0, 1});
  CHECK(omega.n_parameters() == 4);
  Eigen::Matrix3d covariance;
  covariance << 0.09, 0.03, 0, 0.03, 0.16, 0, 0, 0, 0.25;
  const Eigen::VectorXd x = omega.place(covariance);
  const Eigen::MatrixXd root = omega.root(x);
  CHECK((root * root.transpose() - covariance).norm() < 1e-15);
  CHECK(root(2, 0) == 0.0);
  CHECK(omega.slope(x, 0) == doctest::Approx(0.3));
  CHECK(omega.slope(x, 1) == 1.0);
}

TEST_CASE("what no people could have is refused") {
  Eigen::Matrix2d impossible;
  impossible << 1, 2, 2, 1;
  CHECK_THROWS_AS(Omega({0, 0}).place(impossible), mgpk::InputError);
  CHECK_NOTHROW(Omega({0, 1}).place(impossible));  // between blocks nothing is read
  CHECK(Omega().n_parameters() == 0);
}
