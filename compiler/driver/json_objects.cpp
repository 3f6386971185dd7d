#include "compiler/driver/json_objects.h"

#include <cstddef>
#include <iterator>
#include <utility>

#include <nlohmann/json.hpp>

namespace huiyu::driver {
namespace {

// Tells how far the parser has read: at a token's event it has read just up to its end.
class Counting {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  Counting(char const* at, char const** furthest) : at_(at), furthest_(furthest) {}
  char const& operator*() const { return *at_; }
  Counting& operator++() {
    ++at_;
    *furthest_ = at_;
    return *this;
  }
  friend bool operator==(Counting const& a, Counting const& b) { return a.at_ == b.at_; }
  friend bool operator!=(Counting const& a, Counting const& b) { return a.at_ != b.at_; }

 private:
  char const* at_;
  char const** furthest_;
};

class Events : public nlohmann::json_sax<nlohmann::json> {
 public:
  Events(std::string_view text, std::uint32_t base, char const* const& read, std::vector<JsonObject>& objects)
      : text_(text), base_(base), read_(read), objects_(objects) {}

  std::string fault;

  bool null() override {
    if (at_member() && depth_ == 1) member().is_null = true;
    return true;
  }
  bool boolean(bool value) override { return add(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
  bool number_float(number_float_t /*unused*/, string_t const& digits) override { return add(digits); }
  bool string(string_t& value) override { return add(value); }
  bool binary(binary_t& /*unused*/) override { return true; }
  bool start_object(std::size_t /*unused*/) override {
    if (depth_++ == 0) objects_.push_back({base_ + offset() - 1, 0, {}});
    return true;
  }
  bool end_object() override {
    if (--depth_ == 0) objects_.back().end = base_ + offset();
    return true;
  }
  bool start_array(std::size_t /*unused*/) override {
    if (depth_ > 0) ++depth_;
    return true;
  }
  bool end_array() override {
    if (depth_ > 0) --depth_;
    return true;
  }
  bool key(string_t& name) override {
    if (depth_ != 1) return true;
    auto const end = offset();
    auto begin = end - 1;
    while (begin > 0 && (text_[begin - 1] != '"' || is_escaped(begin - 1))) --begin;
    objects_.back().members.push_back({name, "", false, base_ + begin - 1, base_ + end});
    return true;
  }
  bool parse_error(std::size_t /*unused*/, std::string const& /*unused*/,
                   nlohmann::detail::exception const& error) override {
    // Behind the library's own name for it.
    std::string_view const told = error.what();
    fault = told.substr(told.find("] ") == std::string_view::npos ? 0 : told.find("] ") + 2);
    return false;
  }

 private:
  std::uint32_t offset() const { return static_cast<std::uint32_t>(read_ - text_.data()); }
  bool is_escaped(std::uint32_t at) const {
    std::uint32_t strokes = 0;
    while (at > strokes && text_[at - strokes - 1] == '\\') ++strokes;
    return strokes % 2 == 1;
  }
  bool at_member() const { return depth_ > 0 && !objects_.back().members.empty(); }
  JsonMember& member() { return objects_.back().members.back(); }
  bool add(std::string const& text) {
    if (!at_member()) return true;
    member().text += (member().text.empty() ? "" : "、") + text;
    return true;
  }

  std::string_view text_;
  std::uint32_t base_;
  char const* const& read_;
  std::vector<JsonObject>& objects_;
  int depth_ = 0;
};

Result<void> read(std::string_view text, std::uint32_t base, std::vector<JsonObject>& objects) {
  char const* furthest = text.data();
  Events events(text, base, furthest, objects);
  Counting const first(text.data(), &furthest), last(text.data() + text.size(), &furthest);
  if (nlohmann::json::sax_parse(first, last, &events)) return {};
  return Error{ErrorKind::Data, events.fault};
}

}  // namespace

Result<std::vector<JsonObject>> read_json_objects(std::string_view text, bool lines) {
  std::vector<JsonObject> objects;
  if (!lines) {
    if (auto done = read(text, 0, objects); !done) return done.error();
    return objects;
  }
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    auto const line = text.substr(at, end - at);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos)
      if (auto done = read(line, static_cast<std::uint32_t>(at), objects); !done) return done.error();
    at = end + 1;
  }
  return objects;
}

}  // namespace huiyu::driver
