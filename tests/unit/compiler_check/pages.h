// docs/diagnostics: one page a diagnostic, with a wrong and a right example in fences of `hui`. Those about data (D)
// have records and are read in tests/unit/compiler_driver.
#pragma once

#include <string>
#include <vector>

#include "tests/unit/compiler_check/support.h"

namespace huiyu::test {

struct Page {
  std::string code;
  std::string wrong, right;         // marks already written out
  std::vector<ModuleText> modules;  // fences `hui 模块 国家标准 2024`: what both examples may use
};

// All pages, by code. A page that has not exactly two examples has empty ones.
std::vector<Page> diagnostic_pages();

// What cannot be shown on a page is marked in its examples: `<U+200B>` is that character, `<byte FF>` that byte,
// `<×70 （>` what follows the number, so many times.
std::string written_out(std::string const& example);

}  // namespace huiyu::test
