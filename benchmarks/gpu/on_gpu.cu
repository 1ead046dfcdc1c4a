// The sweep on a GPU.
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <mgpk/ode/pairs/tsit5.hpp>

#include "lane_per_thread.cuh"
#include "sweep.hpp"

namespace gpu {
namespace {

using Real = ode::Lanes<1>;
using Model = rivals::ReferenceProblem<Real>;
using Row = Life<Model, ode::Tsit5>;

constexpr int max_steps_between_doses = 100'000;

__global__ void solve(const rivals::Subject* subjects, std::size_t n, Plan plan,
                      ode::Tolerances tolerances, double* amounts) {
  const std::size_t i = static_cast<std::size_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i >= n) return;
  const rivals::Subject& s = subjects[i];
  const Model model{s.kd_per_h,         s.kge_per_h, s.vmax_mmol_per_h, s.km_mmol,
                    s.kp_per_h,         s.kt_per_h,  s.kc_per_h,        s.kf_per_h,
                    s.k56_per_h,        s.k65_per_h, s.k57_per_h,       s.k75_per_h,
                    s.gfr_L_per_h,      s.fu,        s.tm_mmol_per_h,   s.kr_mmol_per_L,
                    s.splay_mmol_per_h, s.v_L,       s.kin_mmol_per_h};
  Row life(model,
           {Real(0.0), Real(0.0), Real(0.0), Real(0.0), Real(12.75), Real(150.0), Real(250.0),
            Real(0.0)},
           tolerances);
  bool solved = true;
  for (std::size_t dose = 0; dose < plan.n_doses; ++dose) {
    life.state()[rivals::dosed_state] += rivals::dose_mmol;
    solved = solved && life.advance(plan.dose_every_h, max_steps_between_doses);
    for (std::size_t k = 0; k < rivals::n_states; ++k)
      amounts[(dose * rivals::n_states + k) * n + i] = solved ? life.state()[k][0] : nan("");
  }
}

void check(cudaError_t error, const char* what) {
  if (error != cudaSuccess)
    throw std::runtime_error(std::string("the GPU refused to ") + what + ": " +
                             cudaGetErrorString(error));
}

/// Memory on the device that goes when its owner goes.
template <class T>
class OnDevice {
 public:
  explicit OnDevice(std::size_t n) : n_(n) {
    check(cudaMalloc(&data_, n * sizeof(T)), "give memory");
  }
  OnDevice(const OnDevice&) = delete;
  OnDevice& operator=(const OnDevice&) = delete;
  ~OnDevice() { cudaFree(data_); }
  T* data() { return data_; }
  void take(const std::vector<T>& from) {
    check(cudaMemcpy(data_, from.data(), n_ * sizeof(T), cudaMemcpyHostToDevice), "copy");
  }
  void give(std::vector<T>& to) {
    check(cudaMemcpy(to.data(), data_, n_ * sizeof(T), cudaMemcpyDeviceToHost), "copy back");
  }

 private:
  T* data_ = nullptr;
  std::size_t n_;
};

double now_s() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

}  // namespace

Taken solve_on_gpu(const rivals::Subjects& subjects, const Plan& plan, Tolerance tolerance,
                   Amounts& amounts) {
  constexpr unsigned threads = 128;
  const std::size_t n = subjects.size();
  OnDevice<rivals::Subject> who(n);
  OnDevice<double> results(amounts.size());
  const double begin_s = now_s();
  who.take(subjects);
  const double ready_s = now_s();
  solve<<<static_cast<unsigned>((n + threads - 1) / threads), threads>>>(
      who.data(), n, plan, {tolerance.relative, tolerance.absolute_mmol}, results.data());
  check(cudaGetLastError(), "start");
  check(cudaDeviceSynchronize(), "solve");
  const double solved_s = now_s();
  results.give(amounts);
  return {solved_s - ready_s, ready_s - begin_s + now_s() - solved_s};
}

const char* name_of_gpu() {
  static cudaDeviceProp properties;
  check(cudaGetDeviceProperties(&properties, 0), "tell its name");
  return properties.name;
}

}  // namespace gpu
