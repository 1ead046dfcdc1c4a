// What one article says of magnesium glycinate, held against the model; disagreements first.
//
// usage: 13_claims [article]
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include <mgpk/mgpk.hpp>

int main(int argc, char** argv) {
  namespace claim = mgpk::claim;
  const std::string article = argc > 1 ? argv[1] : "A4";
  std::vector<std::string> ids;
  for (const auto& row : claim::catalogue().claims)
    if (row.article == article && row.testable == "yes") ids.emplace_back(row.id);
  if (ids.empty()) {
    std::fprintf(stderr, "no article is called %s; known are A1 to A4\n", article.c_str());
    return 1;
  }

  claim::AnswerOptions options;
  options.n_draws = 0;
  auto answers = claim::answers(options, ids);
  const auto apart = [](const claim::Answer& a) {
    return claim::distance(a.model, a.claim->literature);
  };
  std::stable_sort(answers.begin(), answers.end(),
                   [&](const auto& a, const auto& b) { return apart(a) > apart(b); });

  std::printf("%zu claims of article %s that a simulation can test\n", answers.size(),
              article.c_str());
  for (const auto& answer : answers) {
    std::printf("%s  %s\n", answer.claim->id.data(), answer.claim->text.data());
    std::printf("  %s = %.3g [%s]\n", answer.by.measure->name.data(), answer.by.number.value,
                answer.by.measure->unit.data());
    std::printf("  model: %s, literature: %s\n", claim::name_of(answer.model).data(),
                claim::name_of(answer.claim->literature).data());
  }
  std::fprintf(stderr, "%s\n", mgpk::disclaimer.data());
}
