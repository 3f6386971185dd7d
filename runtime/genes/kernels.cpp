#include "runtime/genes/kernels.h"

#include <vector>

namespace huiyu::genes {
namespace {

std::vector<Kernels const*> find() {
  std::vector<Kernels const*> found{&detail::plain_kernels};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) found.push_back(&detail::avx2_kernels);
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq"))
    found.push_back(&detail::avx512_kernels);
#endif
  return found;
}

}  // namespace

std::span<Kernels const* const> all_kernels() {
  static auto const found = find();
  return found;
}

Kernels const& kernels() { return *all_kernels().back(); }

}  // namespace huiyu::genes
