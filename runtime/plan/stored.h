// Tables that may lie in the bytes of a stored Plan, where they were read: they are most of it, and not copied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace huiyu::plan {

// Rows of its own, or rows that lie elsewhere and are kept there as long as anybody holds `keeper`. Those are copied
// when they are to be changed.
template <class Row> class Stored {
 public:
  using value_type = Row;

  Stored() = default;
  Stored(std::vector<Row> rows) : own_(std::move(rows)) {}  // NOLINT(google-explicit-constructor): a table of rows
  Stored(std::span<Row const> rows, std::shared_ptr<void const> keeper)
      : elsewhere_(rows), keeper_(std::move(keeper)) {}

  std::span<Row const> span() const { return keeper_ ? elsewhere_ : std::span<Row const>(own_); }
  operator std::span<Row const>() const { return span(); }  // NOLINT(google-explicit-constructor): as a vector does

  std::size_t size() const { return span().size(); }
  bool empty() const { return span().empty(); }
  Row const& operator[](std::size_t i) const { return span()[i]; }
  Row const& back() const { return span().back(); }
  Row const* data() const { return span().data(); }
  auto begin() const { return span().begin(); }
  auto end() const { return span().end(); }

  // To be changed.
  std::vector<Row>& own() {
    if (keeper_) own_.assign(elsewhere_.begin(), elsewhere_.end()), keeper_ = nullptr;
    return own_;
  }
  void push_back(Row const& row) { own().push_back(row); }
  void pop_back() { own().pop_back(); }
  void reserve(std::size_t count) { own().reserve(count); }

 private:
  std::vector<Row> own_;
  std::span<Row const> elsewhere_;
  std::shared_ptr<void const> keeper_;  // none: the rows are its own
};

// Texts one behind the other. A view of one is good until a text is added.
class Texts {
 public:
  Texts() = default;
  // `ends` rise, the last being the number of bytes.
  Texts(Stored<char> bytes, Stored<std::uint64_t> ends) : bytes_(std::move(bytes)), ends_(std::move(ends)) {}

  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  std::string_view operator[](std::size_t i) const {
    auto const ends = ends_.span();
    auto const begin = i == 0 ? 0 : ends[i - 1];
    return {bytes_.data() + begin, ends[i] - begin};
  }

  void push_back(std::string_view text) {
    bytes_.own().insert(bytes_.own().end(), text.begin(), text.end());
    ends_.push_back(bytes_.size());
  }
  // Puts another text into its place.
  void set(std::size_t i, std::string_view text) {
    Texts all;
    for (std::size_t k = 0; k < size(); ++k) all.push_back(k == i ? text : (*this)[k]);
    *this = std::move(all);
  }

  Stored<char> const& bytes() const { return bytes_; }
  Stored<std::uint64_t> const& ends() const { return ends_; }

  friend bool operator==(Texts const& a, Texts const& b) {
    return std::string_view(a.bytes_.data(), a.bytes_.size()) == std::string_view(b.bytes_.data(), b.bytes_.size()) &&
           std::vector(a.ends_.begin(), a.ends_.end()) == std::vector(b.ends_.begin(), b.ends_.end());
  }

  class Iterator {
   public:
    Iterator(Texts const& texts, std::size_t at) : texts_(&texts), at_(at) {}
    std::string_view operator*() const { return (*texts_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(Iterator const& a, Iterator const& b) { return a.at_ == b.at_; }

   private:
    Texts const* texts_;
    std::size_t at_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  Stored<char> bytes_;
  Stored<std::uint64_t> ends_;
};

}  // namespace huiyu::plan
