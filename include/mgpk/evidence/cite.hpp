// The sources that numbers rest on, as text for a reader.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/evidence/lookup.hpp>
#include <mgpk/evidence/reference.hpp>

namespace mgpk::evidence {

/// One line: key, citation, doi, and what it is where it is not a publication that was read.
inline std::string cite_line(const Reference& source) {
  std::string line = std::string(source.key) + ": " + std::string(source.citation);
  if (!source.doi.empty()) line += ". doi:" + std::string(source.doi);
  switch (source.provenance) {
    case Provenance::published:
      break;
    case Provenance::recalled:
      line += " (recalled, to be verified)";
      break;
    case Provenance::derived:
      line += " (derived)";
      break;
    case Provenance::choice:
      line += " (choice of this project)";
      break;
  }
  return line;
}

/// One line: key, value, unit, kind and range.
inline std::string cite_line(const Parameter& row) {
  std::string line = std::string(row.key) + " = " + mgpk::text_of(row.value);
  if (row.unit != "1") line += " " + std::string(row.unit);
  return line + " (" + std::string(name_of(row.kind)) + ", range " + mgpk::text_of(row.low) +
         " to " + mgpk::text_of(row.high) + ")";
}

/// Each source of the given parameters, followed by those that rest on it. A key may come twice.
inline std::string cite(std::span<const std::string_view> keys) {
  std::vector<const Parameter*> cited;
  for (const std::string_view key : keys) cited.push_back(&parameter(key));
  std::string text;
  for (const Reference& source : references) {
    std::string lines;
    for (const Parameter& row : parameters) {
      if (row.reference != source.key) continue;
      if (std::find(cited.begin(), cited.end(), &row) == cited.end()) continue;
      lines += "  " + cite_line(row) + "\n";
    }
    if (!lines.empty()) text += cite_line(source) + "\n" + lines;
  }
  return text;
}

/// The same for every parameter.
inline std::string cite_all() {
  const auto keys = parameter_keys();
  return cite(keys);
}

}  // namespace mgpk::evidence
