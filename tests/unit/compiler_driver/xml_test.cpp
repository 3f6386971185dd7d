#include <doctest/doctest.h>

#include "compiler/driver/test_report.h"

namespace huiyu::driver {
namespace {

TEST_CASE("whatever a text holds, XML can hold it") {
  CHECK(xml_text("甲 < 乙 & \"丙\" > '丁'") == "甲 &lt; 乙 &amp; &quot;丙&quot; &gt; &apos;丁&apos;");
  CHECK(xml_text("一\n二\t三\r") == "一&#10;二&#9;三&#13;");
  CHECK(xml_text(std::string_view("a\0b\x1b", 4)) ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD");
  CHECK(xml_text("\xEF\xBF\xBE") == "\xEF\xBF\xBD");          // U+FFFE is no character of XML
  CHECK(xml_text("\xE4\xB8") == "\xEF\xBF\xBD\xEF\xBF\xBD");  // cut short
  CHECK(xml_text("😀") == "😀");
}

TEST_CASE("JUnit: a suite a file, failures with what was expected and found") {
  TestResult passed{"一<二", "a.hui", 3, {}};
  TestResult failed{"三", "a.hui", 9, {{"甲 奖 = 1元", "不符合", "", 11}}};
  TestResult other{"四", "b&c.hui", 1, {}};
  CHECK(test_junit({passed, failed, other}) ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1">
  <testsuite name="a.hui" tests="2" failures="1">
    <testcase name="一&lt;二" classname="a.hui" file="a.hui" line="3"/>
    <testcase name="三" classname="a.hui" file="a.hui" line="9">
      <failure message="甲 奖 = 1元 ≠ 不符合">a.hui:11&#10;</failure>
    </testcase>
  </testsuite>
  <testsuite name="b&amp;c.hui" tests="1" failures="0">
    <testcase name="四" classname="b&amp;c.hui" file="b&amp;c.hui" line="1"/>
  </testsuite>
</testsuites>
)");
}

}  // namespace
}  // namespace huiyu::driver
