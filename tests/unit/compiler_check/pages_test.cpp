// docs/diagnostics: each page's wrong example gives exactly its code and once, the right one nothing at all; every code
// has a page and every page a code. What a fix-it offers is applied: the text then compiles without that message.
#include "tests/unit/compiler_check/pages.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "compiler/lint/lint.h"
#include "tests/unit/compiler_check/support.h"

using namespace huiyu;
using namespace huiyu::test;

namespace {

std::string applied(std::string text, diag::FixIt const& fix) {
  std::vector<diag::Edit> edits = fix.edits;
  std::stable_sort(edits.begin(), edits.end(),
                   [](diag::Edit const& a, diag::Edit const& b) { return a.where.begin > b.where.begin; });
  for (auto const& edit : edits) text.replace(edit.where.begin, edit.where.end - edit.where.begin, edit.replacement);
  return text;
}

std::map<std::string, int> counted(Checked const& checked) {
  std::map<std::string, int> counts;
  for (auto const& diagnostic : checked.diagnostics.all()) ++counts[std::string(diagnostic.kind->code)];
  return counts;
}

// Whether a text says less than before by at least one message of that code, and nothing new.
bool mends(std::string const& text, std::string const& code, std::map<std::string, int> const& before,
           std::vector<ModuleText> const& modules) {
  auto const left = counted(check_text(text, modules));
  if (left.contains(code) && left.at(code) >= before.at(code)) return false;
  return std::all_of(left.begin(), left.end(), [&](auto const& entry) {
    return before.contains(entry.first) && entry.second <= before.at(entry.first);
  });
}

// Tries every fix-it of a text. Where a message has one it must mend; of several readings one at least.
int try_fixes(std::string const& text, std::vector<ModuleText> const& modules = {}) {
  Checked const before = check_text(text, modules);
  auto const counts = counted(before);
  int tried = 0;
  for (auto const& diagnostic : before.diagnostics.all()) {
    if (diagnostic.fixes.empty()) continue;
    std::string const code(diagnostic.kind->code);
    CAPTURE(code);
    CHECK_MESSAGE(std::any_of(diagnostic.fixes.begin(), diagnostic.fixes.end(),
                              [&](diag::FixIt const& fix) { return mends(applied(text, fix), code, counts, modules); }),
                  before.messages());
    ++tried;
  }
  return tried;
}

// A page's example; advice (L) is what `huiyu lint` has to say of it.
Checked examined(std::string const& code, std::string const& text, std::vector<ModuleText> const& modules) {
  Checked checked = check_text(text, modules);
  if (!code.starts_with("L")) return checked;
  lint::Project const project{checked.files, checked.program, checked.facts, checked.tests, checked.sources};
  lint::lint(project, checked.diagnostics);
  lint::apply_exemptions(project, checked.diagnostics);
  return checked;
}

}  // namespace

TEST_CASE("pages of the diagnostics") {
  std::set<std::string> codes, pages;
  for (auto const* kind : diag::all_kinds())
    if (!kind->code.starts_with("D")) codes.emplace(kind->code);
  for (auto const& page : diagnostic_pages()) {
    CAPTURE(page.code);
    pages.insert(page.code);
    CHECK_MESSAGE(codes.contains(page.code), "a page of no code");
    REQUIRE_FALSE(page.wrong.empty());
    Checked const wrong = examined(page.code, page.wrong, page.modules);
    CHECK_MESSAGE(wrong.codes() == page.code, wrong.messages());
    CHECK(examined(page.code, page.right, page.modules).messages() == "");
  }
  for (auto const& code : codes) CHECK_MESSAGE(pages.contains(code), (code + " has no page"));
}

TEST_CASE("fix-its of the pages and goldens mend what they are offered for") {
  int tried = 0;
  for (auto const& page : diagnostic_pages()) {
    CAPTURE(page.code);
    tried += try_fixes(page.wrong, page.modules);
  }
  for (auto const& entry : std::filesystem::directory_iterator("tests/golden/check")) {
    std::string const text = read_file(entry.path().generic_string());
    if (!entry.path().filename().string().starts_with("bad_")) continue;
    auto const begin = text.find('\n') + 1, end = text.find("\n----\n");
    tried += try_fixes(text.substr(begin, end + 1 - begin));
  }
  CHECK(tried >= 10);
}
