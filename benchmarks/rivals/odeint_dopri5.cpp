// The ruler on the whole ladder of tolerances.

#include <span>

#include <boost/version.hpp>

#include "ladder.hpp"
#include "odeint_ruler.hpp"
#include "report.hpp"

int main(int n_arguments, char** arguments) {
  using namespace rivals;
  return run_rival(n_arguments, arguments, "odeint dopri5", BOOST_LIB_VERSION, [](Stand& stand) {
    for (const Tolerance tolerance : ladder(1e-3, 1e-8, 4)) {
      stand.time_each(text_of(tolerance), stand.setting.n_subjects,
                      [&](const Subject& subject, std::span<double> rows) {
                        PlainOdeint(subject, stand.setting, tolerance).solve(rows);
                      });
    }
  });
}
