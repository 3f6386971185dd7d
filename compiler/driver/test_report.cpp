#include "compiler/driver/test_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utf8proc.h>

#include "compiler/driver/counted.h"

namespace huiyu::driver {

namespace {

std::string indented(std::string_view text, std::string_view by) {
  std::string lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    if (!line.empty()) lines += std::string(by) + std::string(line);
    lines += '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::size_t failed_count(std::vector<TestResult> const& results) {
  return static_cast<std::size_t>(std::ranges::count_if(results, [](auto const& each) { return !each.passed(); }));
}

// XML 1.0, section 2.2: the characters that a document may hold.
bool allowed_in_xml(utf8proc_int32_t point) {
  return point == '\t' || point == '\n' || point == '\r' || (point >= 0x20 && point <= 0xD7FF) ||
         (point >= 0xE000 && point <= 0xFFFD) || (point >= 0x10000 && point <= 0x10FFFF);
}

}  // namespace

std::string test_lines(std::vector<TestResult> const& results, bool quiet, Language language) {
  std::string text;
  for (auto const& result : results) {
    if (result.passed()) {
      if (!quiet) text += "✓ " + result.title + "\n";
      continue;
    }
    text += fmt::format("✗ {}  {}:{}\n", result.title, result.file, result.line);
    for (auto const& failure : result.failures) {
      text += fmt::format("  {}:{}\n", result.file, failure.line);
      text += "    " + words(language, "期望：", "expected: ") + failure.expected + "\n";
      text += "    " + words(language, "得到：", "found:    ") + failure.found + "\n";
      text += indented(failure.explanation, "      ");
    }
  }
  auto const failed = failed_count(results);
  if (language == Language::Chinese)
    return text + fmt::format("{} 个测试，{} 个通过，{} 个没有通过\n", results.size(), results.size() - failed, failed);
  return text +
         fmt::format("{}, {} passed, {} failed\n", counted(results.size(), "test"), results.size() - failed, failed);
}

std::string test_json(std::vector<TestResult> const& results) {
  std::string text;
  for (auto const& result : results) {
    nlohmann::ordered_json row;
    row["test"] = result.title;
    row["file"] = result.file;
    row["line"] = result.line;
    row["passed"] = result.passed();
    for (auto const& failure : result.failures) {
      nlohmann::ordered_json one;
      one["line"] = failure.line;
      one["expected"] = failure.expected;
      one["found"] = failure.found;
      if (!failure.explanation.empty()) one["explanation"] = failure.explanation;
      row["failures"].push_back(std::move(one));
    }
    text += row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return text;
}

std::string test_junit(std::vector<TestResult> const& results) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  text += fmt::format("<testsuites tests=\"{}\" failures=\"{}\">\n", results.size(), failed_count(results));
  for (auto at = results.begin(); at != results.end();) {
    auto const end = std::find_if(at, results.end(), [&](auto const& each) { return each.file != at->file; });
    std::vector<TestResult> const suite(at, end);
    auto const file = xml_text(at->file);
    text += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", file, suite.size(),
                        failed_count(suite));
    for (auto const& result : suite) {
      text += fmt::format("    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\"", xml_text(result.title),
                          file, file, result.line);
      if (result.passed()) {
        text += "/>\n";
        continue;
      }
      text += ">\n";
      for (auto const& failure : result.failures)
        text += fmt::format("      <failure message=\"{}\">{}</failure>\n",
                            xml_text(failure.expected + " ≠ " + failure.found),
                            xml_text(fmt::format("{}:{}\n{}", result.file, failure.line, failure.explanation)));
      text += "    </testcase>\n";
    }
    text += "  </testsuite>\n";
    at = end;
  }
  return text + "</testsuites>\n";
}

std::string xml_text(std::string_view text) {
  std::string out;
  auto const* at = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
  auto rest = static_cast<utf8proc_ssize_t>(text.size());
  while (rest > 0) {
    utf8proc_int32_t point = 0;
    auto const length = utf8proc_iterate(at, rest, &point);
    auto const taken = length > 0 ? length : 1;
    switch (length > 0 && allowed_in_xml(point) ? point : -1) {
      case -1: out += "\xEF\xBF\xBD"; break;
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      case '\t': out += "&#9;"; break;  // as themselves, an attribute would read them as blanks
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      default: out.append(reinterpret_cast<char const*>(at), static_cast<std::size_t>(taken));
    }
    at += taken;
    rest -= taken;
  }
  return out;
}

}  // namespace huiyu::driver
