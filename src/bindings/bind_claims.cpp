// The claims of articles and their answers as plain dictionaries.
#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <mgpk/claim/answers.hpp>

#include "bindings.hpp"
#include "watch.hpp"

namespace mgpk::bindings {
namespace {

void put(py::dict& d, const claim::Measured& by) {
  d["measure"] = by.measure ? py::cast(by.measure->name) : py::none();
  d["meaning"] = by.measure ? py::cast(by.measure->meaning) : py::none();
  d["unit"] = by.measure ? py::cast(by.measure->unit) : py::none();
  d["how"] = by.measure ? py::cast(claim::name_of(by.measure->how)) : py::none();
  d["value"] = by.number.value;
  d["low"] = by.number.low;
  d["high"] = by.number.high;
  d["failure"] = by.failure;
  d["n_failed_draws"] = by.n_failed_draws;
}

py::tuple ends(const claim::Region& region) { return py::make_tuple(region.low, region.high); }

py::dict to_dict(const claim::Claim& c) {
  py::dict d;
  d["id"] = c.id;
  d["article"] = c.article;
  d["claim"] = c.text;
  d["quantity"] = c.quantity;
  d["model_output"] = c.model_output;
  d["domain"] = c.domain;
  d["testable"] = c.testable;
  d["literature"] = claim::name_of(c.literature);
  d["evidence"] = c.evidence;
  d["reference"] = c.reference;
  return d;
}

py::dict to_dict(const claim::Answer& a) {
  py::dict d = to_dict(*a.claim);
  put(d, a.by);
  d["verdict"] = claim::name_of(a.model);
  d["reason"] = a.reason;
  d["holds"] = ends(a.test->holds);
  d["opposite"] = ends(a.test->opposite);
  d["limits"] = a.test->limits;
  d["distance"] = claim::distance(a.model, a.claim->literature);
  py::list also;
  for (const auto& more : a.also) {
    py::dict m;
    put(m, more);
    also.append(m);
  }
  d["also"] = also;
  return d;
}

std::vector<py::dict> all_claims() {
  std::vector<py::dict> rows;
  rows.reserve(claim::catalogue().claims.size());
  for (const auto& c : claim::catalogue().claims) rows.push_back(to_dict(c));
  return rows;
}

/// Which answers are wanted, and how the model is run for them.
struct Question {
  std::vector<std::string> ids;
  std::size_t n_draws;
  std::uint64_t seed;
  std::size_t n_threads;
  study::Overrides parameters;
  bool allow_outside_range;
};

std::vector<py::dict> answer(const Question& question, py::object progress) {
  claim::AnswerOptions options;
  options.n_draws = question.n_draws;
  options.seed = question.seed;
  options.n_threads = question.n_threads;
  options.overrides = question.parameters;
  options.allow_outside_range = question.allow_outside_range;
  Watch watch(std::move(progress));
  options.progress = [&](std::size_t done, std::size_t total) {
    return watch.keep_going(static_cast<double>(done) / static_cast<double>(total));
  };
  std::vector<claim::Answer> answered;
  {
    const py::gil_scoped_release released;
    answered = claim::answers(options, question.ids);
  }
  watch.raise_if_stopped();
  std::vector<py::dict> rows;
  rows.reserve(answered.size());
  for (const auto& a : answered) rows.push_back(to_dict(a));
  return rows;
}

}  // namespace

void bind_claims(py::module_& module) {
  module.def("claims", &all_claims);
  module.def(
      "answer_claims",
      [](std::vector<std::string> ids, std::size_t n_draws, std::uint64_t seed,
         std::size_t n_threads, study::Overrides parameters, bool allow_outside_range,
         py::object progress) {
        return answer(
            {std::move(ids), n_draws, seed, n_threads, std::move(parameters), allow_outside_range},
            std::move(progress));
      },
      py::arg("ids"), py::arg("n_draws"), py::arg("seed"), py::arg("n_threads"),
      py::arg("parameters"), py::arg("allow_outside_range"), py::arg("progress") = py::none());
}

}  // namespace mgpk::bindings
