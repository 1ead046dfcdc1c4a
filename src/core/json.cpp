// Compiled once, for all users of mgpk::core: the one place that knows Boost.JSON.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <mgpk/document/json.hpp>
#include <mgpk/error.hpp>

namespace mgpk::document {
namespace {

namespace json = boost::json;
using Error = json::error_code;

/// Takes the events of Boost's parser and builds values. Boost's own tree would keep the last of
/// two equal keys in silence, and its numbers may miss the nearest double by a bit.
class Builder {
 public:
  static constexpr std::size_t max_array_size = most_items;
  static constexpr std::size_t max_object_size = most_members;
  static constexpr std::size_t max_string_size = longest_text;
  static constexpr std::size_t max_key_size = longest_key;

  explicit Builder(std::vector<Problem>& problems) : problems_(problems) {}

  Value take() { return std::move(root_); }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return open(Value::Object{}); }
  bool on_object_end(std::size_t, Error&) { return close(); }
  bool on_array_begin(Error&) { return open(Value::List{}); }
  bool on_array_end(std::size_t, Error&) { return close(); }
  bool on_key_part(json::string_view part, std::size_t, Error&) { return append(part); }
  bool on_key(json::string_view part, std::size_t, Error&) {
    append(part);
    open_.back().key = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Error&) { return append(part); }
  bool on_string(json::string_view part, std::size_t, Error&) {
    append(part);
    return put(Value(std::exchange(text_, {})));
  }
  bool on_number_part(json::string_view part, Error&) { return append(part); }
  bool on_int64(std::int64_t, json::string_view part, Error&) { return number(part); }
  bool on_uint64(std::uint64_t, json::string_view part, Error&) { return number(part); }
  bool on_double(double, json::string_view part, Error&) { return number(part); }
  bool on_bool(bool flag, Error&) { return put(Value(flag)); }
  bool on_null(Error&) { return put(Value()); }
  bool on_comment_part(json::string_view, Error&) { return true; }
  bool on_comment(json::string_view, Error&) { return true; }

 private:
  struct Open {
    Value value;
    std::string key;                            ///< of the member that is being read
    std::set<std::string, std::less<>> keys{};  ///< that were read
  };

  bool append(json::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }

  bool open(Value value) {
    open_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    Value value = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(value));
  }

  bool put(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = open_.back().value.as<Value::List>()) {
      list->push_back(std::move(value));
    } else if (open_.back().keys.insert(open_.back().key).second) {
      open_.back().value.as<Value::Object>()->push_back({open_.back().key, std::move(value)});
    } else {
      add_problem("a key may stand only once in an object", '"' + open_.back().key + "\" twice",
                  "leave one of the two out");
    }
    return true;
  }

  bool number(json::string_view part) {
    append(part);
    const std::string digits = std::exchange(text_, {});
    double value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc() || !std::isfinite(value)) {
      add_problem("a number must be one that a double can hold", digits.substr(0, 40),
                  "give a number between 1e-307 and 1e308 in size");
      value = 0;
    }
    return put(Value(value));
  }

  void add_problem(const std::string& rule, const std::string& value, const std::string& advice) {
    constexpr std::size_t enough = 100;
    if (problems_.size() >= enough) return;
    std::string at;
    for (const auto& level : open_) {
      const auto* list = level.value.as<Value::List>();
      at += list ? "/" + std::to_string(list->size()) : pointer_part(level.key);
    }
    problems_.push_back(
        {Fault::structure, std::move(at), rule + ", but it is " + value + "; " + advice});
  }

  std::vector<Problem>& problems_;
  std::vector<Open> open_;
  std::string text_;
  Value root_;
};

/// What to do about a letter at which the reading stopped.
std::string advice_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  const std::string_view before = text.substr(0, at);
  const auto last = before.find_last_not_of(" \t\r\n");
  if (rest.empty()) return "the text ends too early: close what is open";
  if (rest.starts_with("/") || rest.starts_with("#"))
    return "JSON has no comments; put words into \"note\"";
  if (rest.starts_with("N") || rest.starts_with("I") || rest.starts_with("-I"))
    return "JSON has no NaN and no Infinity; give a number or leave the key out";
  if (rest.starts_with("'")) return "put texts into double quotes";
  if (rest.starts_with("T") || rest.starts_with("F"))
    return "write true and false in small letters";
  if (rest.starts_with("\xEF\xBB\xBF")) return "save the file as UTF-8 without a byte order mark";
  if (last != std::string_view::npos && before[last] == ',' &&
      (rest.front() == '}' || rest.front() == ']'))
    return "leave the last comma out";
  return "mend the JSON there";
}

[[noreturn]] void refuse_text(std::string_view text, std::size_t at, const std::string& why,
                              std::vector<Problem> problems) {
  const std::string_view before = text.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n');
  const auto column = line_start == std::string_view::npos ? at + 1 : at - line_start;
  problems.push_back({Fault::structure, "",
                      "a document must be JSON, but it is not at line " + std::to_string(line) +
                          ", column " + std::to_string(column) + " (" + why + "); " +
                          advice_at(text, at)});
  throw DocumentError("the text", std::move(problems));
}

std::string number_text(double value) {
  if (!std::isfinite(value)) return "null";
  char buffer[32];
  const bool whole = std::abs(value) < 1e15 && value == std::trunc(value);
  const auto end =
      whole ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed)
            : std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end.ptr);
}

class Writer {
 public:
  void write(const Value& value, std::size_t level) {
    if (const auto* list = value.as<Value::List>()) {
      write_list(*list, level);
    } else if (const auto* members = value.as<Value::Object>()) {
      write_object(*members, level);
    } else {
      text_ += scalar(value);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  static std::string scalar(const Value& value) {
    if (const auto* flag = value.as<bool>()) return *flag ? "true" : "false";
    if (const auto* number = value.as<double>()) return number_text(*number);
    if (const auto* text = value.as<std::string>())
      return json::serialize(json::string_view(text->data(), text->size()));
    return "null";
  }

  static bool is_scalar(const Value& value) {
    return !value.as<Value::List>() && !value.as<Value::Object>();
  }

  /// What holds scalars only and is short stands on one line.
  static bool fits(const std::vector<std::string>& items, bool flat, std::size_t level) {
    std::size_t width = 2 * level;
    for (const auto& item : items) width += item.size() + 2;
    return flat && width <= 100;
  }

  void put(const std::vector<std::string>& items, bool flat, char left, char right,
           std::size_t level) {
    const bool one_line = fits(items, flat, level);
    const std::string gap = one_line ? "" : "\n" + std::string(2 * (level + 1), ' ');
    text_ += left;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) text_ += one_line ? ", " : ",";
      text_ += gap + items[i];
    }
    if (!one_line && !items.empty()) text_ += "\n" + std::string(2 * level, ' ');
    text_ += right;
  }

  static std::string inner(const Value& value, std::size_t level) {
    Writer writer;
    writer.write(value, level);
    return writer.take();
  }

  void write_list(const Value::List& list, std::size_t level) {
    std::vector<std::string> items;
    bool flat = true;
    for (const auto& item : list) {
      flat = flat && is_scalar(item);
      items.push_back(inner(item, level + 1));
    }
    put(items, flat, '[', ']', level);
  }

  void write_object(const Value::Object& members, std::size_t level) {
    std::vector<std::string> items;
    bool flat = level > 0;  // the document itself stands open
    for (const auto& [key, value] : members) {
      flat = flat && is_scalar(value);
      items.push_back(scalar(Value(key)) + ": " + inner(value, level + 1));
    }
    put(items, flat, '{', '}', level);
  }

  std::string text_;
};

}  // namespace

Value parse_json(std::string_view text, std::vector<Problem>& problems) {
  if (text.size() > most_bytes)
    throw DocumentError("the text",
                        {{Fault::structure, "",
                          "a document may hold 16 MiB, but it is " + std::to_string(text.size()) +
                              " bytes long; split it, or give every_h in place of times_h"}});
  json::parse_options options;
  options.max_depth = most_levels;
  json::basic_parser<Builder> parser(options, problems);
  Error error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  if (error) refuse_text(text, read, error.message(), problems);
  return parser.handler().take();
}

std::string json_text(const Value& value) {
  Writer writer;
  writer.write(value, 0);
  return writer.take() + "\n";
}

}  // namespace mgpk::document
