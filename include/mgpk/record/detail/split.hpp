// One pass over a text: lines to cells, with quotes as in RFC 4180, nothing copied.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mgpk::record::detail {

/// A line that is no row: a comment or a blank line, and how many lines with cells stand before it.
struct Aside {
  std::size_t before = 0;
  std::string text;
};

class Splitter {
 public:
  Splitter(std::string_view text, char delimiter, char ignore)
      : text_(text), delimiter_(delimiter), ignore_(ignore) {}

  /// The raw cells of the next line that has any; false at the end.
  bool next(std::vector<std::string_view>& cells) {
    while (at_ < text_.size()) {
      line_ = next_line_;
      if (const std::size_t end = end_of_line(); is_aside(text_.substr(at_, end - at_))) {
        asides_.push_back({n_records_, std::string(without_return(text_.substr(at_, end - at_)))});
        at_ = end + 1;
        ++next_line_;
        continue;
      }
      split(cells);
      ++n_records_;
      return true;
    }
    return false;
  }

  std::size_t line() const { return line_; }     ///< where the last line began, from 1 on
  bool bad_quote() const { return bad_quote_; }  ///< in the last line
  std::vector<Aside>& asides() { return asides_; }

 private:
  static std::string_view without_return(std::string_view text) {
    while (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    return text;
  }
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  std::size_t end_of_line() const {
    const std::size_t end = text_.find('\n', at_);
    return end == std::string_view::npos ? text_.size() : end;
  }

  /// Blank lines, and those that the user wants ignored. A letter never hides the names of the
  /// columns, which usually begin with one.
  bool is_aside(std::string_view line) const {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return line.find(delimiter_) == std::string_view::npos;
    if (ignore_ == '\0') return false;
    const char begins = line[first];
    if (ignore_ == '@') return n_records_ > 0 && (begins == '@' || is_letter(begins));
    return line.front() == ignore_ && (n_records_ > 0 || !is_letter(ignore_));
  }

  void split(std::vector<std::string_view>& cells) {
    cells.clear();
    bad_quote_ = false;
    for (;;) {
      const std::size_t begin = at_;
      if (at_ < text_.size() && text_[at_] == '"') skip_quoted();
      while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n') ++at_;
      const std::string_view cell = text_.substr(begin, at_ - begin);
      if (at_ < text_.size() && text_[at_] == delimiter_) {
        cells.push_back(cell);
        note_quote(cell);
        ++at_;
        continue;
      }
      cells.push_back(without_return(cell));
      note_quote(cells.back());
      ++at_;
      ++next_line_;
      return;
    }
  }

  /// To behind the closing quote, over doubled quotes and line ends.
  void skip_quoted() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++next_line_;
      if (text_[at_] != '"') continue;
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') {
        quote_end_ = ++at_;
        return;
      }
      ++at_;
    }
    bad_quote_ = true;
  }

  /// Text between a closing quote and the next delimiter is refused.
  void note_quote(std::string_view cell) {
    if (cell.empty() || cell.front() != '"') return;
    const auto begin = static_cast<std::size_t>(cell.data() - text_.data());
    if (begin + cell.size() != quote_end_) bad_quote_ = true;
  }

  std::string_view text_;
  char delimiter_, ignore_;
  std::size_t at_ = 0, line_ = 0, next_line_ = 1, n_records_ = 0, quote_end_ = 0;
  bool bad_quote_ = false;
  std::vector<Aside> asides_;
};

}  // namespace mgpk::record::detail
