// Results of tests as lines for people, as JSON and as JUnit's XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/test_run.h"

namespace huiyu::driver {

// `quiet`: what passed is left out. Ends with a line of counts.
std::string test_lines(std::vector<TestResult> const& results, bool quiet, Language language);

// One object a line for each test.
std::string test_json(std::vector<TestResult> const& results);

// One suite a file; nothing in it depends on the machine or the time.
std::string test_junit(std::vector<TestResult> const& results);

// A text inside an element or a quoted attribute. Characters that XML cannot hold, and bytes that are no UTF-8, become
// U+FFFD.
std::string xml_text(std::string_view text);

}  // namespace huiyu::driver
