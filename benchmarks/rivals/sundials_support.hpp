// What the programs for SUNDIALS share: its objects, the right-hand side, the walk over the doses.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sundials/sundials_version.h>

#include "ladder.hpp"
#include "report.hpp"

namespace rivals::sundials {

/// The library's handle for everything else; one for the program.
inline SUNContext context() {
  static SUNContext handle = [] {
    SUNContext made = nullptr;
    if (SUNContext_Create(nullptr, &made) != 0) throw std::runtime_error("no SUNContext");
    return made;
  }();
  return handle;
}

inline std::string version() {
  std::array<char, 32> text{};
  SUNDIALSGetVersion(text.data(), static_cast<int>(text.size()));
  return text.data();
}

inline void check(int flag, const char* what) {
  if (flag < 0) throw std::runtime_error(std::string(what) + " failed: " + std::to_string(flag));
}

/// The state, owned by us and shown to the library.
struct Vector {
  std::array<double, n_states> x{};
  N_Vector handle = N_VMake_Serial(static_cast<sunindextype>(n_states), x.data(), context());
  Vector() = default;
  Vector(const Vector&) = delete;
  Vector& operator=(const Vector&) = delete;
  ~Vector() { N_VDestroy(handle); }
};

inline std::array<double, n_states>& values_of(N_Vector vector) {
  // The library hands out plain memory; the model wants an array of the same size.
  return *reinterpret_cast<std::array<double, n_states>*>(NV_DATA_S(vector));
}

inline int right_hand_side(realtype t_h, N_Vector x, N_Vector dxdt, void* subject) {
  static_cast<const Subject*>(subject)->derivatives(t_h, values_of(x), values_of(dxdt));
  return 0;
}

/// `start(x)` is told of a new start at time 0, `advance(x, t_h)` carries x to t_h.
template <class Start, class Advance>
void walk(const Setting& setting, Vector& state, std::span<double> rows, Start&& start,
          Advance&& advance) {
  const std::size_t per_dose = setting.n_outputs_per_dose();
  state.x = Subject::start();
  for (std::size_t row = 0; row < setting.n_outputs(); ++row) {
    if (row > 0) {
      const std::size_t since_dose = (row - 1) % per_dose + 1;
      advance(state.handle, setting.output_h(since_dose));
    }
    if (setting.is_dose_time(row)) {
      state.x[dosed_state] += dose_mmol;
      start(state.handle);
    }
    std::copy(state.x.begin(), state.x.end(),
              rows.begin() + static_cast<std::ptrdiff_t>(row * n_states));
  }
}

}  // namespace rivals::sundials
