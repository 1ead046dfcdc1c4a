// JSON is read strictly, and written so that it reads back the same.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <mgpk/document/json.hpp>

namespace document = mgpk::document;
using document::Value;

namespace {

std::string refusal(const std::string& text) {
  std::vector<document::Problem> problems;
  try {
    document::parse_json(text, problems);
  } catch (const document::DocumentError& error) {
    return error.what();
  }
  return "";
}

double number_of(const std::string& text) {
  std::vector<document::Problem> problems;
  const Value value = document::parse_json(text, problems);
  REQUIRE(problems.empty());
  return std::get<double>(value.held);
}

std::vector<document::Problem> problems_of(const std::string& text) {
  std::vector<document::Problem> problems;
  document::parse_json(text, problems);
  return problems;
}

bool mentions(const std::string& text, const std::string& part) {
  CAPTURE(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("numbers are the nearest doubles, and come back bit for bit") {
  CHECK(number_of("0.1") == 0.1);
  CHECK(number_of("123456789012345678901234567890") == 123456789012345678901234567890.0);
  CHECK(number_of("9007199254740993") == 9007199254740992.0);
  CHECK(number_of("2.2250738585072011e-308") == 2.2250738585072011e-308);
  std::mt19937_64 random(20260101);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t bits = random();
    const auto value = std::bit_cast<double>(bits);
    if (!(value - value == 0) || std::abs(value) < std::numeric_limits<double>::min()) continue;
    const double again = number_of(document::json_text(value));
    CHECK(std::bit_cast<std::uint64_t>(again) == bits);
  }
}

TEST_CASE("a text that is not JSON is refused with line, column and advice") {
  CHECK(mentions(refusal("{\n  \"a\": NaN}"), "line 2, column 8"));
  CHECK(mentions(refusal("{\"a\": NaN}"), "no NaN"));
  CHECK(mentions(refusal("{\"a\": -Infinity}"), "no Infinity"));
  CHECK(mentions(refusal("{\"a\": 1} // words"), "no comments"));
  CHECK(mentions(refusal("{\"a\": 1, }"), "last comma"));
  CHECK(mentions(refusal("{'a': 1}"), "double quotes"));
  CHECK(mentions(refusal("{\"a\": True}"), "small letters"));
  CHECK(mentions(refusal("\xEF\xBB\xBF{}"), "byte order mark"));
  CHECK(mentions(refusal("{\"a\": 1"), "ends too early"));
  CHECK(mentions(refusal(""), "ends too early"));
  CHECK(mentions(refusal("{} {}"), "line 1, column 4"));
  CHECK(mentions(refusal("{\"a\": \"\xFF\"}"), "must be JSON"));
  CHECK(mentions(refusal("{\"a\": 01}"), "must be JSON"));
  CHECK(mentions(refusal("{\"a\": +1}"), "must be JSON"));
}

TEST_CASE("white space around a document is nothing") { CHECK(refusal(" \r\n\t{} \n\n").empty()); }

TEST_CASE("what would cost time or memory is refused") {
  CHECK(mentions(refusal(std::string(100000, '[')), "must be JSON"));
  CHECK(mentions(refusal("\"" + std::string(document::longest_text + 1, 'x') + "\""),
                 "must be JSON"));
  CHECK(mentions(refusal(std::string(document::most_bytes + 1, ' ')), "16 MiB"));
}

TEST_CASE("a key given twice and a number too large are problems with their place") {
  const auto twice = problems_of(R"({"a": [{"b": 1, "b": 2}], "a~/": 1e999})");
  REQUIRE(twice.size() == 2);
  CHECK(twice[0].at == "/a/0/b");
  CHECK(mentions(twice[0].message, "only once"));
  CHECK(twice[1].at == "/a~0~1");
  CHECK(mentions(twice[1].message, "1e999"));
  CHECK(problems_of("[1e-999]").size() == 1);
}

TEST_CASE("a text that was written reads back and is written the same") {
  const std::string text = R"({
  "a": [1, 2.5, "three", null, true],
  "b": {},
  "c": "line\nbreak, \"quotes\", \u0001 and ü",
  "d": [
    {"e": -0, "f": 1e-300},
    {"e": [[]], "f": []}
  ]
}
)";
  std::vector<document::Problem> problems;
  const std::string once = document::json_text(document::parse_json(text, problems));
  CHECK(problems.empty());
  CHECK(document::json_text(document::parse_json(once, problems)) == once);
  CHECK(mentions(once, R"("a": [1, 2.5, "three", null, true])"));
  CHECK(mentions(once, "{\"e\": -0, \"f\": 1e-300}"));
}
