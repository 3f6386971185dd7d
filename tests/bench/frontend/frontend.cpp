// How fast text becomes a tree, and how long `huiyu check` takes. One thread; medians of several runs, in time of the
// processor, so that what else the machine does matters little; of the command also by the clock on the wall.
//
//   bench_frontend [policies, 5000] [seed, 1] [folder for the file, the temporary folder]

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "compiler/check/check.h"
#include "compiler/diag/render.h"
#include "compiler/parse/layout.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/tokens.h"
#include "compiler/source/source_set.h"
#include "tests/bench/frontend/policies.h"

namespace {

using namespace huiyu;

constexpr int runs = 9;

double wall_clock() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double seconds_of(timeval time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; }
double processor(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}
double own_processor() { return processor(RUSAGE_SELF); }
double children_processor() { return processor(RUSAGE_CHILDREN); }

double median_seconds(std::function<void()> const& work, double (*clock)() = own_processor) {
  std::vector<double> seconds;
  for (int i = 0; i < runs; ++i) {
    double const begin = clock();
    work();
    seconds.push_back(clock() - begin);
  }
  std::ranges::sort(seconds);
  return seconds[seconds.size() / 2];
}

bool is_word(ast::Token const& token) {
  return token.kind != ast::TokenKind::NewLine && token.kind != ast::TokenKind::End;
}

std::size_t tokens_per_policy(ast::File const& file) {
  std::vector<std::size_t> counts;
  auto token = file.tokens.begin();
  for (auto const& declaration : file.declarations) {
    auto const* policy = std::get_if<ast::PolicyDecl>(&declaration);
    if (policy == nullptr) continue;
    while (token->span.begin < policy->span.begin) ++token;
    std::size_t count = 0;
    for (; token->span.begin < policy->span.end; ++token) count += is_word(*token) ? 1 : 0;
    counts.push_back(count);
  }
  std::ranges::sort(counts);
  return counts.empty() ? 0 : counts[counts.size() / 2];
}

void line(char const* what, double seconds, std::size_t tokens) {
  fmt::print("  {:<28} {:7.1f} ms   {:9.0f} tokens/s\n", what, seconds * 1e3, static_cast<double>(tokens) / seconds);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t const count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 5000;
  auto const seed = static_cast<std::uint32_t>(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1);
  auto const folder = argc > 3 ? std::filesystem::path(argv[3]) : std::filesystem::temp_directory_path();

  SourceSet sources;
  SourceFile const& source = sources.add("policies.hui", bench::make_policies(count, seed));
  Diagnostics diagnostics;
  ast::File tree = parse::parse(source, {}, diagnostics);
  if (diagnostics.has_errors()) {
    fmt::print("{}", diag::render_text(diagnostics, sources));
    return 1;
  }
  auto const tokens = static_cast<std::size_t>(std::ranges::count_if(tree.tokens, is_word));
  fmt::print("{} policies, {:.1f} MB, {} tokens, median {} tokens a policy\n", count,
             static_cast<double>(source.text().size()) / 1e6, tokens, tokens_per_policy(tree));

  double const layout = median_seconds([&] { parse::lay_out(source); });
  parse::Layout const laid_out = parse::lay_out(source);
  double const words = median_seconds([&] {
    Diagnostics none;
    parse::make_tokens(source, laid_out, {}, none);
  });
  double const whole = median_seconds([&] {
    Diagnostics none;
    tree = parse::parse(source, {}, none);
  });
  line("lines and names", layout, tokens);
  line("words", words, tokens);
  line("trees", whole - layout - words, tokens);
  line("text to tree", whole, tokens);
  fmt::print("  {:<28} {:9.0f} policies/s\n", "", static_cast<double>(count) / whole);

  std::vector<ast::File> files;
  files.push_back(std::move(tree));
  double const checking = median_seconds([&] {
    Diagnostics none;
    auto const program = check::check(files, sources, none);
    check::ranges(program, none);
  });
  line("tree to meaning", checking, tokens);

  auto const path = (folder / "huiyu-bench-policies.hui").string();
  std::ofstream(path, std::ios::binary) << source.text();
  std::string const command = std::string(HUIYU_COMMAND) + " check '" + path + "' > /dev/null 2>&1";
  int status = 0;
  auto const run_check = [&] { status |= std::system(command.c_str()); };
  double const used = median_seconds(run_check, children_processor);
  double const wall = median_seconds(run_check, wall_clock);
  line("huiyu check", used, tokens);
  fmt::print("  {:<28} {:7.1f} ms{}\n", "huiyu check, by the clock", wall * 1e3, status == 0 ? "" : "   with errors");
  return 0;
}
