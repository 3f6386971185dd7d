#include "runtime/base/check.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace huiyu {
namespace {

void print_failure(CheckFailure const& failure) {
  std::fprintf(stderr,
               "huiyu: internal error: %.*s (%.*s:%d)\n"
               "huiyu: 这是惠语自身的错误，与您的规则和数据无关；请连同上一行一起报告。\n"
               "huiyu: this is a bug in Huiyu, not in your rules or your data; please report it with the line above.\n",
               static_cast<int>(failure.text.size()), failure.text.data(), static_cast<int>(failure.file.size()),
               failure.file.data(), failure.line);
  std::fflush(stderr);
}

std::atomic<CheckHandler> current_handler{print_failure};

// Cuts what stands before the project's own top folders, whatever path the compiler was called with.
std::string_view from_project_root(std::string_view file) {
  std::size_t start = 0;
  for (std::string_view top : {"/runtime/", "/compiler/", "/tests/"}) {
    if (auto at = file.rfind(top); at != std::string_view::npos) start = std::max(start, at + 1);
  }
  return file.substr(start);
}

}  // namespace

CheckHandler set_check_handler(CheckHandler handler) {
  return current_handler.exchange(handler == nullptr ? print_failure : handler);
}

void check_failed(std::string_view text, std::string_view file, int line) {
  current_handler.load()(CheckFailure{text, from_project_root(file), line});
  std::_Exit(internal_error_exit_code);
}

}  // namespace huiyu
