// Whatever bytes come: the reader of run files refuses them with its own error, or gives a document
// that is written and read back the same, and whose person, plan and options hold.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <mgpk/body/subject.hpp>
#include <mgpk/document/run_document.hpp>
#include <mgpk/simulate/sources.hpp>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_plain(const std::string& name) {
  return name.find_first_of("/\\:") == std::string::npos && name.find("..") == std::string::npos;
}

void check(const mgpk::document::RunDocument& document) {
  const auto again = mgpk::document::read_run(document.text());
  require(again.text() == document.text());
  require(again.subject() == document.subject());
  require(again.plan() == document.plan());
  require(again.outputs() == document.outputs());
  require(again.options().times_h == document.options().times_h);
  mgpk::body::validate(document.subject());
  mgpk::simulation::validate(document.options());
  require(mgpk::simulation::sources_of(document.plan()).size() <= mgpk::simulation::max_sources);
  require(mgpk::simulation::output_times_h(document.options()).size() <=
          mgpk::document::most_rows + 1);
  const auto& o = document.outputs();
  for (const auto& name : {o.table_csv, o.baseline_csv, o.result_json})
    require(!name || is_plain(*name));
  const auto made = mgpk::document::document_of(document.subject(), document.plan(),
                                                document.options(), o, document.seed());
  require(made.plan() == document.plan());
  require(made.subject() == document.subject());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  std::optional<mgpk::document::RunDocument> document;
  try {
    document = mgpk::document::read_run(text);
  } catch (const mgpk::document::DocumentError& error) {
    require(!error.problems().empty());
  }
  if (document) check(*document);  // from here on nothing may be refused any more
  return 0;
}
