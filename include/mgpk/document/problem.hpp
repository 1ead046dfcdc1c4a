// What is wrong with a document: every problem with its place, all of them at once.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/error.hpp>

namespace mgpk::document {

/// Whether the form of a document is wrong (a key, a kind of value), which its schema sees too, or
/// a value that has the right form.
enum class Fault { structure, value };

struct Problem {
  Fault fault = Fault::structure;
  std::string at;       ///< a JSON pointer such as "/plan/2/elemental_mg"; "" is the whole document
  std::string message;  ///< "<rule>, but it is <value>; <what to do>"
};

/// A document that is refused. The message lists all problems; `problems` holds them one by one.
class DocumentError : public InputError {
 public:
  DocumentError(std::string_view name, std::vector<Problem> problems)
      : InputError(message_of(name, problems)), problems_(std::move(problems)) {}

  const std::vector<Problem>& problems() const { return problems_; }

 private:
  static std::string message_of(std::string_view name, const std::vector<Problem>& problems) {
    const bool one = problems.size() == 1;
    std::string text = std::string(name) + " must be without problems, but it is with " +
                       std::to_string(problems.size()) + (one ? "; mend it:" : "; mend them:");
    for (const auto& problem : problems)
      text += "\n  " + (problem.at.empty() ? "the document" : problem.at) + ": " + problem.message;
    return text;
  }

  std::vector<Problem> problems_;
};

}  // namespace mgpk::document
