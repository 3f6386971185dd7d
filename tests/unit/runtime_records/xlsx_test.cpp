// Workbooks: what their cells say, written and read again, and files that are made to do harm.

#include <map>

#include <doctest/doctest.h>
#include <minizip/zip.h>

#include "runtime/columns/arrow_write.h"
#include "runtime/records/xlsx_read.h"
#include "runtime/records/xlsx_write.h"
#include "tests/unit/runtime_records/data_module_rows.h"

namespace huiyu::records {
namespace {

using test::Folder;
using test::rows_of;
using Table = std::vector<std::vector<std::string>>;

std::string const declaration = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";

// The parts of a workbook of two sheets; a test replaces those that it is about.
std::map<std::string, std::string> parts(std::string const& rows, std::string const& second = "") {
  auto const sheet = [](std::string const& data) {
    return declaration + R"(<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>)" +
           data + "</sheetData></worksheet>";
  };
  return {
      {"xl/workbook.xml",
       declaration + R"(<workbook xmlns:r="http://r"><workbookPr/><sheets><sheet name="企业" sheetId="1" r:id="rId1"/>)"
                     R"(<sheet name="技改" sheetId="2" r:id="rId2"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       declaration + R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>)"
                     R"(<Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>)"},
      {"xl/sharedStrings.xml",
       declaration + "<sst><si><t>名称</t></si><si><r><t>甲</t></r><r><t>厂</t></r><rPh><t>jia</t></rPh></si></sst>"},
      {"xl/styles.xml",
       declaration + R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>)"
                     R"(<numFmt numFmtId="165" formatCode="&quot;day&quot; 0.00"/></numFmts><cellStyleXfs>)"
                     R"(<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>)"
                     R"(<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="31"/></cellXfs></styleSheet>)"},
      {"xl/worksheets/sheet1.xml", sheet(rows)},
      {"xl/worksheets/sheet2.xml", sheet(second)}};
}

std::filesystem::path pack(std::filesystem::path const& path, std::map<std::string, std::string> const& entries) {
  auto* const zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  REQUIRE(zip != nullptr);
  for (auto const& [name, text] : entries) {
    zip_fileinfo const info{};
    REQUIRE(zipOpenNewFileInZip64(zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 9, 1) ==
            ZIP_OK);
    REQUIRE(zipWriteInFileInZip(zip, text.data(), static_cast<unsigned>(text.size())) == ZIP_OK);
    REQUIRE(zipCloseFileInZip(zip) == ZIP_OK);
  }
  REQUIRE(zipClose(zip, nullptr) == ZIP_OK);
  return path;
}

std::string refused(std::map<std::string, std::string> const& entries, std::string const& sheet = "") {
  Folder const folder;
  auto const stream = read_xlsx(pack(folder / "x.xlsx", entries), sheet);
  return stream ? "" : stream.error().message;
}

std::string const header =
    R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>数</t></is></c></row>)";

}  // namespace

TEST_CASE("cells of every kind are texts as they stand") {
  Folder const folder;
  auto const path = pack(folder / "x.xlsx", parts(header + R"(
    <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>0.10000000000000001</v></c></row>
    <row r="3"/>
    <row r="4"><c r="B4" s="1"><v>45352</v></c></row>
    <row r="5"><c r="A5" t="str"><f>1&amp;2</f><v>12</v></c><c r="B5" s="2"><v>45352.5</v></c></row>
    <row r="6"><c r="A6" t="b"><v>1</v></c><c r="B6" s="3"><v>1E-7</v></c></row>
    <row r="7"><c r="A7" t="e"><v>#N/A</v></c><c r="B7" s="4"><v>59</v></c></row>
    <row><c t="inlineStr"><is><t xml:space="preserve"> 乙 </t></is></c><c><v>007</v></c></row>)"));
  auto const got = rows_of(read_xlsx(path, ""));
  CHECK(got.error == "");
  CHECK(got.names == std::vector<std::string>{"名称", "数"});
  CHECK(got.cells == Table{{"'甲厂'", "'0.1'"},
                           {"∅", "'2024-03-01'"},
                           {"'12'", "'2024-03-01 12:00:00'"},
                           {"'是'", "'0.0000001'"},
                           {"'#N/A'", "'1900-02-28'"},
                           {"' 乙 '", "'7'"}});
}

TEST_CASE("a sheet is chosen by its name, and days may count from 1904") {
  Folder const folder;
  auto entries = parts(header, R"(<row><c t="inlineStr"><is><t>日</t></is></c></row><row><c s="1"><v>0</v></c></row>)");
  auto const later = entries["xl/workbook.xml"].replace(entries["xl/workbook.xml"].find("<workbookPr/>"), 13,
                                                        R"(<workbookPr date1904="1"/>)");
  CHECK(rows_of(read_xlsx(pack(folder / "x.xlsx", entries), "技改")).cells == Table{{"'1904-01-01'"}});
  CHECK(rows_of(read_xlsx(folder / "x.xlsx", "企业")).cells.empty());
  CHECK(refused(entries, "没有").find("it has: 企业、技改") != std::string::npos);
}

TEST_CASE("sheets that are no tables are refused, and say why") {
  CHECK(refused(parts("")).find("blank") != std::string::npos);
  CHECK(
      refused(parts(R"(<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>)")).find("two columns are named `名称`") !=
      std::string::npos);
  CHECK(refused(parts(header + R"(<row><c r="C2"><v>1</v></c></row>)")).find("row 1 of the data has more cells") !=
        std::string::npos);
}

TEST_CASE("files that are no workbooks, or are made to do harm, are refused") {
  Folder const folder;
  test::put(folder / "text.xlsx", "名称,数\n");
  CHECK(read_xlsx(folder / "text.xlsx", "").error().message.find("no .xlsx workbook") != std::string::npos);
  CHECK_FALSE(read_xlsx(folder / "none.xlsx", "").has_value());
  CHECK_FALSE(read_xlsx(folder.path(), "").has_value());
  CHECK(refused({{"a.txt", "x"}}).find("xl/workbook.xml is not there") != std::string::npos);
  CHECK(refused(parts("<row><c r=\"ZZZZZ1\"><v>1</v></c></row>")).find("beyond the last column") != std::string::npos);
  CHECK(refused(parts("<row><c>")).find("no well-formed XML") != std::string::npos);

  auto entities = parts(header);
  entities["xl/sharedStrings.xml"] =
      declaration +
      R"(<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>)";
  CHECK(refused(entities).find("declares a document type") != std::string::npos);

  auto bomb = parts(header);
  bomb["xl/worksheets/sheet1.xml"] = bomb["xl/worksheets/sheet1.xml"] + std::string(32U << 20U, ' ');
  CHECK(refused(bomb).find("unpacks to more than a workbook holds") != std::string::npos);

  // Cut off and flipped anywhere: an error or a table, never a crash.
  auto const whole = test::bytes_of(pack(folder / "whole.xlsx", parts(header)));
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    test::put(folder / "cut.xlsx", whole.substr(0, at));
    static_cast<void>(read_xlsx(folder / "cut.xlsx", ""));
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    test::put(folder / "flipped.xlsx", flipped);
    static_cast<void>(read_xlsx(folder / "flipped.xlsx", ""));
  }
}

TEST_CASE("what is written is read again") {
  Folder const folder;
  columns::ResultRows rows({{"名称", columns::ResultKind::Text},
                            {"户数", columns::ResultKind::Integer},
                            {"金额", columns::ResultKind::Money},
                            {"分项", columns::ResultKind::TextList}});
  rows.add({std::string_view("=1+1"), std::int64_t{-3}, std::int64_t{123456}, std::vector<std::string>{"甲", "乙"}});
  rows.add(
      {std::string_view("007"), std::int64_t{1'234'567'890'123'456'789}, std::int64_t{99'999'999'999'999'999}, {}});
  rows.add({{}, {}, {}, {}});
  rows.add({std::string_view(" 空 格 "), std::int64_t{0}, std::int64_t{10}, {}});
  auto const done = write_xlsx(std::move(rows).finish(), folder / "x.xlsx");
  REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().message));
  auto const got = rows_of(read_xlsx(folder / "x.xlsx", ""));
  CHECK(got.names == std::vector<std::string>{"名称", "户数", "金额", "分项"});
  CHECK(got.cells == Table{{"'=1+1'", "'-3'", "'1234.56'", "'甲、乙'"},
                           {"'007'", "'1234567890123456789'", "'999999999999999.99'", "∅"},
                           {"' 空 格 '", "'0'", "'0.1'", "∅"}});
  CHECK(folder.names() == std::vector<std::string>{"x.xlsx"});
}

TEST_CASE("a workbook that cannot be written leaves what was there") {
  Folder const folder;
  test::put(folder / "x.xlsx", "before");
  columns::ResultRows rows({{"长", columns::ResultKind::Text}});
  std::string const text(40'000, 'x');
  rows.add({std::string_view(text)});
  auto const done = write_xlsx(std::move(rows).finish(), folder / "x.xlsx");
  CHECK_FALSE(done.has_value());
  CHECK(test::bytes_of(folder / "x.xlsx") == "before");
  CHECK(folder.names() == std::vector<std::string>{"x.xlsx"});
}

}  // namespace huiyu::records
