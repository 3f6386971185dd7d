#pragma once

// Reading XML by events, for the parts of a workbook. Documents that declare entities are refused.

#include <functional>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/records/zip_entry.h"

namespace huiyu::records {

// The attributes of one element, only while it begins.
class XmlAttributes {
 public:
  explicit XmlAttributes(char const* const* raw) : raw_(raw) {}
  // By its name without a prefix; empty where there is none.
  std::string_view get(std::string_view name) const;

 private:
  char const* const* raw_;
};

// Names come without their prefixes. Each may say that it wants no more by returning false.
struct XmlEvents {
  std::function<bool(std::string_view name, XmlAttributes const& attributes)> begin;
  std::function<bool(std::string_view name)> end;
  std::function<void(std::string_view text)> text;
};

// Reads an entry of a zip file to its end, or until an event wants no more.
Result<void> read_xml(ZipFile const& zip, std::string const& entry, XmlEvents const& events);

}  // namespace huiyu::records
