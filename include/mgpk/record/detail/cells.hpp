// The cells of one column: a number each, and the text of those that are more than their number.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/error.hpp>
#include <mgpk/record/detail/number_text.hpp>

namespace mgpk::record::detail {

/// Texts that stand for "no value".
class MissingMarks {
 public:
  explicit MissingMarks(const std::vector<std::string>& marks) : marks_(marks) {
    for (const std::string& mark : marks_)
      if (!mark.empty()) begins_[static_cast<unsigned char>(mark.front())] = true;
  }

  bool contain(std::string_view text) const {
    if (!text.empty() && !begins_[static_cast<unsigned char>(text.front())]) return false;
    for (const std::string& mark : marks_)
      if (text == mark) return true;
    return false;
  }

 private:
  std::vector<std::string> marks_;
  std::array<bool, 256> begins_{};
};

/// What is inside the quotes of a cell, or the cell itself, without blanks around it.
inline std::string unquoted(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '"') return std::string(trimmed(raw));
  std::string text;
  raw = raw.substr(1, raw.size() - 2);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if (raw[i] == '"') ++i;  // a doubled quote is one
  }
  return text;
}

class Cells {
 public:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  void reserve(std::size_t n_rows) { numbers_.reserve(n_rows); }
  std::size_t size() const { return numbers_.size(); }
  std::span<const double> numbers() const { return numbers_; }
  /// The first row with a text that is no number and no missing mark; `none` if there is none.
  std::size_t first_text() const { return first_text_; }
  std::size_t n_texts() const { return n_texts_; }

  void append_number(double number) { push(number, 0); }

  /// A cell as it stands in the file, with its quotes.
  void append(std::string_view raw, const MissingMarks& marks) {
    if (!raw.empty() && raw.front() == '"') return append_quoted(raw, marks);
    const std::string_view text = trimmed(raw);
    append_value(raw, text, marks);
  }

  bool is_text(std::size_t row) const {
    return first_text_ != none && std::isnan(numbers_[row]) && kind_of(row) == Kind::text;
  }
  bool is_missing(std::size_t row) const { return std::isnan(numbers_[row]) && !is_text(row); }

  /// The cell as it stood in the file; a missing cell that never had a text gives `missing`.
  std::string raw(std::size_t row, std::string_view missing) const {
    if (!kept_.empty() && kept_[row] != 0) return std::string(kept_text(kept_[row]));
    return std::isnan(numbers_[row]) ? std::string(missing) : text_of(numbers_[row]);
  }
  /// The cell's text without quotes; empty where it is missing.
  std::string text(std::size_t row) const {
    return is_missing(row) ? std::string() : unquoted(raw(row, ""));
  }

 private:
  enum class Kind : char { number = 'n', missing = 'm', text = 't' };
  static constexpr std::size_t head_size = 5;  // a kind and a length

  void append_quoted(std::string_view raw, const MissingMarks& marks) {
    const std::string text = unquoted(raw);
    append_value(raw, trimmed(text), marks);
  }

  void append_value(std::string_view raw, std::string_view text, const MissingMarks& marks) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (marks.contain(text)) return push(nan, keep(Kind::missing, raw));
    const ParsedNumber parsed = parse_number(text);
    if (parsed.is_number) {
      const bool plain = parsed.is_shortest && raw.size() == text.size();
      return push(parsed.value, plain ? 0 : keep(Kind::number, raw));
    }
    if (first_text_ == none) first_text_ = size();
    ++n_texts_;
    push(nan, keep(Kind::text, raw));
  }

  void push(double number, std::uint32_t kept) {
    if (kept != 0 && kept_.empty()) {
      kept_.reserve(numbers_.capacity());
      kept_.resize(numbers_.size());
    }
    if (kept != 0 || !kept_.empty()) kept_.push_back(kept);
    numbers_.push_back(number);
  }

  /// Puts a text away and says where; one of the last few texts is not stored twice.
  std::uint32_t keep(Kind kind, std::string_view raw) {
    std::uint32_t& recent = recent_[place_of(raw)];
    if (recent != 0 && kind_at(recent) == kind && kept_text(recent) == raw) return recent;
    if (store_.size() + head_size + raw.size() >= std::numeric_limits<std::uint32_t>::max())
      fail("the texts of one column must fit into 4 GB", "more", "split the file");
    const auto length = static_cast<std::uint32_t>(raw.size());
    std::array<char, head_size> head{static_cast<char>(kind)};
    std::memcpy(head.data() + 1, &length, sizeof length);
    recent = static_cast<std::uint32_t>(store_.size() + 1);
    store_.append(head.data(), head.size()).append(raw);
    return recent;
  }

  std::size_t place_of(std::string_view raw) const {
    if (raw.empty()) return 0;
    const std::size_t first = static_cast<unsigned char>(raw.front());
    const std::size_t last = static_cast<unsigned char>(raw.back());
    return (31 * first + last + 7 * raw.size()) % recent_.size();
  }

  Kind kind_at(std::uint32_t kept) const { return static_cast<Kind>(store_[kept - 1]); }
  Kind kind_of(std::size_t row) const {
    return kept_.empty() || kept_[row] == 0 ? Kind::missing : kind_at(kept_[row]);
  }
  std::string_view kept_text(std::uint32_t kept) const {
    std::uint32_t length = 0;
    std::memcpy(&length, store_.data() + kept, sizeof length);
    return std::string_view(store_).substr(kept - 1 + head_size, length);
  }

  std::vector<double> numbers_;
  std::vector<std::uint32_t> kept_;  // per row: 0, or 1 + where its text begins; empty: all 0
  std::string store_;
  std::array<std::uint32_t, 64> recent_{};
  std::size_t first_text_ = none;
  std::size_t n_texts_ = 0;
};

}  // namespace mgpk::record::detail
