// Where the reader puts what it finds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/record/problem.hpp>

namespace mgpk::record::detail {

struct Place {
  std::size_t line = 0;
  std::string column = {};
  std::string value = {};
};

class Problems {
 public:
  void error(std::string_view code, Place place, std::string_view advice) {
    add(code, true, std::move(place), advice);
  }
  void warning(std::string_view code, Place place, std::string_view advice) {
    add(code, false, std::move(place), advice);
  }
  bool any_error() const { return any_error_; }

  /// In the order of the file.
  std::vector<Problem> sorted() && {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
    return std::move(found_);
  }

 private:
  void add(std::string_view code, bool is_error, Place place, std::string_view advice) {
    any_error_ = any_error_ || is_error;
    found_.push_back({std::string(code), is_error, place.line, std::move(place.column),
                      std::move(place.value), std::string(advice)});
  }

  std::vector<Problem> found_;
  bool any_error_ = false;
};

}  // namespace mgpk::record::detail
