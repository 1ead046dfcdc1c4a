// A run file: read, run, written, and repeated from its own result with the same numbers.
#include <cstdio>
#include <filesystem>
#include <string>

#include <mgpk/document/run_file.hpp>
#include <mgpk/simulate/summary.hpp>

int main(int n_words, char** words) {
  const auto beside_this = std::filesystem::path(__FILE__).replace_extension(".json");
  const auto document =
      mgpk::document::read_run_file(n_words > 1 ? std::filesystem::path(words[1]) : beside_this);
  const mgpk::Run run = mgpk::document::run_document(document);
  const mgpk::Summary s = mgpk::summary(run);

  std::printf("note           %s\n", document.note().c_str());
  std::printf("given          %6.2f mmol\n", s.dose_mmol);
  std::printf("urine          %6.2f mmol above the baseline\n", s.ae_mmol);
  std::printf("plasma         %+6.3f mmol/L at most, at %.1f h\n",
              s.c_max_above_baseline_mmol_per_L, s.t_max_h);

  for (const auto& file : mgpk::document::write_outputs(document, run, "run_file_out", true))
    std::printf("written        %s\n", file.generic_string().c_str());
  const auto again = mgpk::document::read_run_file("run_file_out/result.json");
  const std::string verdict =
      mgpk::document::compare_with_record(again, mgpk::document::run_document(again));
  std::printf("repeated       %s\n", verdict.c_str());
  std::printf("%.*s\n", static_cast<int>(mgpk::disclaimer.size()), mgpk::disclaimer.data());
  return verdict.starts_with("equal") ? 0 : 1;
}
