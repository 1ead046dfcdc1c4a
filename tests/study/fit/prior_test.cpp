// Priors on the parameter's own scale, whatever the search uses.
#include <mgpk/study/fit/prior.hpp>

#include <doctest/doctest.h>

#include <cmath>

#include <fit_predictors.hpp>

using namespace mgpk::study::fit;

TEST_CASE("a prior counts the distance in its standard deviations") {
  const Transform by_log{TransformKind::log};
  CHECK(term_of({0, PriorKind::normal, 2.0, 0.5}, by_log, std::log(3.0)).value ==
        doctest::Approx(4.0));
  CHECK(term_of({0, PriorKind::log_normal, std::log(2.0), 0.5}, by_log, std::log(3.0)).value ==
        doctest::Approx(std::pow(std::log(1.5) / 0.5, 2)));
  CHECK(std::isinf(term_of({0, PriorKind::log_normal, 0.0, 1.0}, Transform{}, -1.0).value));
}

TEST_CASE("slopes of priors agree with differences under every transform") {
  for (const auto kind : {PriorKind::normal, PriorKind::log_normal})
    for (const Transform transform :
         {Transform{}, Transform{TransformKind::log}, Transform{TransformKind::logit, 0.2, 3.5}}) {
      const Prior prior{0, kind, 0.7, 0.4};
      const double x = transform.place(1.3);
      const auto value = [&](double y) { return term_of(prior, transform, y).value; };
      CHECK(term_of(prior, transform, x).slope ==
            doctest::Approx(support::richardson(value, x, 0.02)).epsilon(1e-8));
    }
}
