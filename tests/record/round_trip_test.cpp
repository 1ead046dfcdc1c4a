// What was read is written again: every cell, name, comment and mark, also of random tables.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <mgpk/record/csv.hpp>

namespace {

using mgpk::record::DataSet;
using mgpk::record::read_csv;
using mgpk::record::ReadOptions;

TEST_CASE("reading and writing gives the same bytes") {
  ReadOptions with_comments;
  with_comments.ignore = '#';
  for (const std::string_view text : {
           "TIME,DV\n0,1\n",
           "TIME,DV\n0,1.50\n1,+2\n2,1e3\n3,007\n4,.5\n5,5.\n6,0.1\n7,-0\n8,12345678901234567890\n",
           "TIME,DV,NOTE\n0,.,\"a \"\"b\"\", c\"\n1,NA,\n2,,\"two\nlines\"\n3, 4 ,x y\n",
           "\xEF\xBB\xBFTIME (h);not known\r\n0;1\r\n1;2\r\n",
           "# first\nTIME,DV\n\n0,1\n  \n# inside\n1,2\n# last\n",
           "\"TIME\",\"DV [mg/L]\",\"a, b\"\n0,\"1\",2\n",
       }) {
    ReadOptions options = with_comments;
    if (text.find(';') != std::string_view::npos) options.delimiter = ';';
    CAPTURE(text);
    CHECK(write_csv(read_csv(text, options)) == text);
  }
}

TEST_CASE("a last line without an end gets one, and keeps its cells") {
  CHECK(write_csv(read_csv("TIME,DV\n0,1")) == "TIME,DV\n0,1\n");
  CHECK(write_csv(read_csv("TIME,DV\r\n0,1\r\n1,2")) == "TIME,DV\r\n0,1\r\n1,2\r\n");
}

TEST_CASE("lines that begin with a letter can be ignored, the names never are") {
  ReadOptions options;
  options.ignore = '@';
  const DataSet data = read_csv("TIME,DV\nunit,mg\n0,1\n@ note\n1,2\n", options);
  CHECK(data.n_rows() == 2);
  CHECK(write_csv(data) == "TIME,DV\nunit,mg\n0,1\n@ note\n1,2\n");
  options.ignore = 'C';
  CHECK(read_csv("CMT,TIME,DV\nC,1,2\n1,0,1\n", options).n_rows() == 1);
}

class RandomTable {
 public:
  explicit RandomTable(std::uint32_t seed) : random_(seed) {}

  std::string text() {
    const std::size_t n_covariates = below(4), n_rows = 1 + below(20);
    std::string table = "ID,TIME";
    for (std::size_t i = 0; i < n_covariates; ++i) table += ",X" + std::to_string(i) + "_" + word();
    table += "\n";
    for (std::size_t row = 0; row < n_rows; ++row) {
      table += "1," + std::to_string(row);
      for (std::size_t i = 0; i < n_covariates; ++i) table += "," + cell();
      table += "\n";
    }
    return table;
  }

 private:
  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
  }
  std::string word() { return std::string(1, static_cast<char>('a' + below(26))); }

  std::string cell() {
    constexpr std::array<std::string_view, 12> odd{
        "", ".", "NA", " ", "\"\"", "\"a,b\"", "\"\"\"\"", "\"x\ny\"", "nan", "inf", "1e", "-"};
    const auto number = std::uniform_real_distribution<double>(-100, 100)(random_);
    switch (below(5)) {
      case 0:
        return std::string(odd[below(odd.size())]);
      case 1:
        return mgpk::text_of(number);
      case 2:
        return mgpk::text_of(std::round(number * 100) / 100);
      case 3:
        return std::to_string(number);  // six decimals, idle zeros
      default:
        return std::string(below(4), '0') + std::to_string(below(1000)) + "e" +
               std::to_string(below(20));
    }
  }

  std::mt19937 random_;
};

TEST_CASE("random tables come back as they were, and read again as the same") {
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const std::string text = RandomTable(seed).text();
    CAPTURE(text);
    const DataSet data = read_csv(text);
    REQUIRE(write_csv(data) == text);
  }
}

TEST_CASE("numbers in memory come back equal, bit by bit") {
  std::mt19937_64 random(7);
  std::vector<double> numbers, times;
  for (int i = 0; i < 2000; ++i) {
    const double number = std::ldexp(std::uniform_real_distribution<double>(-1, 1)(random),
                                     std::uniform_int_distribution<int>(-900, 900)(random));
    numbers.push_back(i % 3 == 0 ? std::round(number) : number);
    times.push_back(i);
  }
  for (double& number : numbers)
    if (!std::isfinite(number)) number = 1;
  const DataSet data = mgpk::record::from_columns({{"TIME", times, {}}, {"X", numbers, {}}});
  const DataSet again = read_csv(write_csv(data));
  for (std::size_t i = 0; i < numbers.size(); ++i) CHECK(again.numbers("X")[i] == numbers[i]);
}

TEST_CASE("plain text is read as the nearest double") {
  std::mt19937_64 random(8);
  int n_shortest = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto digits = std::uniform_int_distribution<std::int64_t>(0, 999999999999999)(random);
    std::string text = std::to_string(digits);
    text.insert(static_cast<std::size_t>(i) % text.size(), ".");
    if (i % 2 == 0) text.insert(0, "-");
    const auto parsed = mgpk::record::detail::parse_number(text);
    REQUIRE(parsed.is_number);
    CHECK(parsed.value == std::strtod(text.c_str(), nullptr));
    if (parsed.is_shortest) CHECK(mgpk::text_of(parsed.value) == text);
    n_shortest += parsed.is_shortest ? 1 : 0;
  }
  CHECK(n_shortest > 5000);
}

}  // namespace
