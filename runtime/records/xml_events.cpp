#include "runtime/records/xml_events.h"

#include <memory>

#include <expat.h>

namespace huiyu::records {
namespace {

struct Parse {
  XmlEvents const& events;
  XML_Parser parser;
  bool stopped = false;
  bool refused = false;

  void stop() {
    stopped = true;
    XML_StopParser(parser, XML_FALSE);
  }
};

std::string_view without_prefix(char const* name) {
  std::string_view const whole = name;
  auto const colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

void XMLCALL begin(void* data, char const* name, char const** attributes) {
  auto& parse = *static_cast<Parse*>(data);
  if (parse.stopped) return;
  if (!parse.events.begin(without_prefix(name), XmlAttributes(attributes))) parse.stop();
}

void XMLCALL end(void* data, char const* name) {
  auto& parse = *static_cast<Parse*>(data);
  if (!parse.stopped && !parse.events.end(without_prefix(name))) parse.stop();
}

void XMLCALL text(void* data, char const* bytes, int length) {
  auto& parse = *static_cast<Parse*>(data);
  if (!parse.stopped) parse.events.text({bytes, static_cast<std::size_t>(length)});
}

void XMLCALL doctype(void* data, char const*, char const*, char const*, int) {
  auto& parse = *static_cast<Parse*>(data);
  parse.refused = true;
  parse.stop();
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  for (auto const* const* at = raw_; *at != nullptr; at += 2)
    if (without_prefix(*at) == name) return at[1];
  return {};
}

Result<void> read_xml(ZipFile const& zip, std::string const& entry, XmlEvents const& events) {
  std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> const parser(XML_ParserCreate("UTF-8"), XML_ParserFree);
  if (parser == nullptr) return Error{ErrorKind::Environment, "out of memory"};
  Parse parse{events, parser.get()};
  XML_SetUserData(parser.get(), &parse);
  XML_SetElementHandler(parser.get(), begin, end);
  XML_SetCharacterDataHandler(parser.get(), text);
  XML_SetStartDoctypeDeclHandler(parser.get(), doctype);
  bool fine = true;
  auto read = zip.read(entry, [&](std::string_view piece) {
    fine = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), 0) == XML_STATUS_OK;
    return fine && !parse.stopped;
  });
  if (!read) return read;
  if (parse.refused) return Error{ErrorKind::Data, entry + " declares a document type; no workbook does"};
  if (parse.stopped) return {};
  if (!fine || XML_Parse(parser.get(), "", 0, 1) != XML_STATUS_OK)
    return Error{ErrorKind::Data, entry + " is no well-formed XML"};
  return {};
}

}  // namespace huiyu::records
