#include "runtime/genes/row_loops.h"

#include "runtime/genes/kernels.h"

namespace huiyu::genes {

RowLoops const& row_loops(Kernels const& kernels) {
#if defined(__x86_64__)
  if (&kernels == &detail::avx512_kernels) return detail::avx512_rows;
  if (&kernels == &detail::avx2_kernels) return detail::avx2_rows;
#endif
  static_cast<void>(kernels);
  return detail::plain_rows;
}

}  // namespace huiyu::genes
