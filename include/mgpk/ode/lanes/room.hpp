// A list that grows, of plain numbers: std::vector for code that is compiled once per instruction
// set. Functions of std::vector bear the same name in every copy, and the linker keeps one of them.
#pragma once

#include <cstddef>
#include <type_traits>

#include <mgpk/ode/lanes/instruction_set.hpp>

namespace mgpk::ode {
inline namespace MGPK_INSTRUCTION_SET {

template <class T>
class Room {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Room() = default;
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() { delete[] items_; }

  void push_back(const T& item) {
    const T kept = item;
    if (size_ == capacity_) reserve(2 * capacity_ + 8);
    items_[size_++] = kept;
  }
  void clear() { size_ = 0; }
  void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    T* moved = new T[capacity];
    for (std::size_t i = 0; i < size_; ++i) moved[i] = items_[i];
    delete[] items_;
    items_ = moved;
    capacity_ = capacity;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T* data() const { return items_; }
  const T* begin() const { return items_; }
  const T* end() const { return items_ + size_; }
  const T& operator[](std::size_t i) const { return items_[i]; }
  const T& back() const { return items_[size_ - 1]; }

 private:
  T* items_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace MGPK_INSTRUCTION_SET
}  // namespace mgpk::ode
