// One value of a document with its place, and the list of problems that complaints go to.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mgpk/document/json.hpp>
#include <mgpk/document/problem.hpp>
#include <mgpk/error.hpp>
#include <mgpk/nearest_name.hpp>

namespace mgpk::document {

/// Collects problems; after a hundred there is nothing new to learn.
class Problems {
 public:
  static constexpr std::size_t enough = 100;

  void add(Fault fault, std::string at, std::string message) {
    if (!full()) list_.push_back({fault, std::move(at), std::move(message)});
  }
  void add(Fault fault, std::string at, std::string_view rule, std::string_view value,
           std::string_view advice) {
    add(fault, std::move(at),
        std::string(rule) + ", but it is " + std::string(value) + "; " + std::string(advice));
  }

  /// A full list has let problems go, which may have been anywhere.
  bool any_under(std::string_view at) const {
    return full() || std::any_of(list_.begin(), list_.end(),
                                 [&](const Problem& p) { return p.at.starts_with(at); });
  }
  bool empty() const { return list_.empty(); }
  bool full() const { return list_.size() >= enough; }
  std::vector<Problem>& list() { return list_; }
  const std::vector<Problem>& list() const { return list_; }

 private:
  std::vector<Problem> list_;
};

/// A value as messages show it: short.
inline std::string shown(const Value& value) {
  if (value.as<Value::List>()) return "a list";
  if (value.as<Value::Object>()) return "an object";
  if (const auto* number = value.as<double>()) return text_of(*number);
  std::string text = json_text(value);
  text.pop_back();  // the line's end
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // UTF-8
  return text.substr(0, end) + "...";
}

/// One value of a document, where it stands, and where complaints go.
class Field {
 public:
  Field(Problems& problems, Value& value, std::string at)
      : problems_(&problems), value_(&value), at_(std::move(at)) {}

  Problems& problems() const { return *problems_; }
  Value& value() const { return *value_; }
  const std::string& at() const { return at_; }
  std::string name() const { return at_.substr(at_.rfind('/') + 1); }
  Field member(Member& m) const { return {*problems_, m.value, at_ + pointer_part(m.key)}; }
  /// The member of an object; nothing where there is none, or no object.
  std::optional<Field> find(std::string_view key) const {
    if (auto* members = value_->as<Value::Object>())
      for (auto& m : *members)
        if (m.key == key) return member(m);
    return std::nullopt;
  }
  Field item(std::size_t i) const {
    return {*problems_, std::get<Value::List>(value_->held)[i], at_ + "/" + std::to_string(i)};
  }

  void wrong_form(std::string_view rule, std::string_view advice) const {
    problems_->add(Fault::structure, at_, rule, shown(*value_), advice);
  }
  void wrong_value(std::string_view rule, std::string_view advice) const {
    problems_->add(Fault::value, at_, rule, shown(*value_), advice);
  }

  std::optional<double> number() const {
    if (const auto* number = value_->as<double>()) return *number;
    wrong_form(name() + " must be a number", "give a plain number");
    return std::nullopt;
  }

  /// A whole number from `low` to `high`.
  std::optional<double> whole(double low, double high) const {
    const auto given = number();
    if (!given) return std::nullopt;
    if (*given != std::trunc(*given)) {
      wrong_form(name() + " must be a whole number", "give one without a fraction");
    } else if (*given < low || *given > high) {
      wrong_value(name() + " must lie between " + text_of(low) + " and " + text_of(high),
                  "give a whole number in that range");
    } else {
      return given;
    }
    return std::nullopt;
  }

  std::optional<bool> flag() const {
    if (const auto* flag = value_->as<bool>()) return *flag;
    wrong_form(name() + " must be true or false", "give one of the two");
    return std::nullopt;
  }

  std::optional<std::string> text(std::size_t longest = 200) const {
    const auto* text = value_->as<std::string>();
    if (!text) {
      wrong_form(name() + " must be a text", "put it into double quotes");
    } else if (text->size() > longest) {
      wrong_value(name() + " must be at most " + std::to_string(longest) + " bytes long",
                  "shorten it");
    } else {
      return *text;
    }
    return std::nullopt;
  }

  /// The position of a word among those that are allowed.
  template <std::size_t N>
  std::optional<std::size_t> word(const std::array<std::string_view, N>& words) const {
    const auto given = text();
    if (!given) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), *given);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    const auto near = nearest_names(*given, words);
    wrong_form(name() + " must be a known word", near.empty()
                                                     ? "give " + quoted_list(words)
                                                     : "did you mean " + quoted_list(near) + "?");
    return std::nullopt;
  }

  /// A list of at most `most` items; nullptr, and a problem, where it is none.
  const Value::List* list(std::size_t most) const {
    const auto* list = value_->as<Value::List>();
    if (!list) {
      wrong_form(name() + " must be a list", "put the items into square brackets");
    } else if (list->size() > most) {
      problems_->add(Fault::value, at_, name() + " must hold at most " + std::to_string(most),
                     std::to_string(list->size()) + " items long", "leave some out");
      return nullptr;
    }
    return list;
  }

  std::optional<std::vector<double>> numbers(std::size_t most) const {
    const auto* items = list(most);
    if (!items) return std::nullopt;
    std::vector<double> values;
    for (std::size_t i = 0; i < items->size(); ++i)
      if (const auto number = item(i).number()) values.push_back(*number);
    if (values.size() < items->size()) return std::nullopt;
    return values;
  }

  /// Does what may refuse the value; a refusal becomes a problem, at the member that it names.
  template <class Act>
  bool attempt(Act&& act) const {
    if (problems_->full()) return false;  // refused anyway, and advice takes its time
    try {
      act();
      return true;
    } catch (const std::invalid_argument& refusal) {
      const std::string message = refusal.what();
      problems_->add(Fault::value, at_ + place_in(message), message);
      return false;
    }
  }

 private:
  static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  /// The member whose name comes first in the rule of a message.
  std::string place_in(std::string_view message) const {
    const auto* members = value_->as<Value::Object>();
    if (!members) return "";
    const std::string_view rule = message.substr(0, message.find(", but "));
    std::string place;
    std::size_t first = rule.size();
    for (const auto& [key, value] : *members) {
      const std::size_t start = rule.find(key);
      const std::size_t end = start + key.size();
      const bool whole_word = start < first && (start == 0 || !is_letter(rule[start - 1])) &&
                              (end >= rule.size() || !is_letter(rule[end]));
      if (!whole_word) continue;
      first = start;
      place = pointer_part(key);
    }
    return place;
  }

  Problems* problems_;
  Value* value_;
  std::string at_;
};

}  // namespace mgpk::document
