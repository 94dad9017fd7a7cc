// A growing array on the contract's heap. An index out of range panics.
#pragma once

#include "dusk/contract/memory.hpp"
#include "dusk/contract/types.hpp"

namespace dusk::contract {

[[noreturn]] void out_of_range();  // panics (panic.hpp)

template <class T>
class Vector {
  public:
    constexpr Vector() = default;
    explicit Vector(size_t count) {
        reserve(count);
        for (size_t i = 0; i < count; ++i) push_back(T{});
    }
    Vector(const T* from, size_t count) { append(from, count); }
    Vector(const Vector& other) { append(other.data_, other.size_); }
    constexpr Vector(Vector&& other) : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
        other.data_ = nullptr;
        other.size_ = other.capacity_ = 0;
    }
    constexpr Vector& operator=(Vector other) {
        contract::swap(data_, other.data_);
        contract::swap(size_, other.size_);
        contract::swap(capacity_, other.capacity_);
        return *this;
    }
    constexpr ~Vector() {
        if (data_ == nullptr) return;
        clear();
        release(data_, capacity_ * sizeof(T));
    }

    [[nodiscard]] constexpr size_t size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    [[nodiscard]] constexpr T* data() { return data_; }
    [[nodiscard]] constexpr const T* data() const { return data_; }
    [[nodiscard]] constexpr T* begin() { return data_; }
    [[nodiscard]] constexpr T* end() { return data_ + size_; }
    [[nodiscard]] constexpr const T* begin() const { return data_; }
    [[nodiscard]] constexpr const T* end() const { return data_ + size_; }
    [[nodiscard]] T& operator[](size_t at) {
        if (at >= size_) out_of_range();
        return data_[at];
    }
    [[nodiscard]] const T& operator[](size_t at) const {
        if (at >= size_) out_of_range();
        return data_[at];
    }
    [[nodiscard]] T& back() { return (*this)[size_ - 1]; }

    void reserve(size_t count) {
        if (count <= capacity_) return;
        if (count > static_cast<size_t>(-1) / 2 / sizeof(T)) out_of_range();
        const size_t bytes = block_size(count * sizeof(T));
        T* const moved = static_cast<T*>(allocate(bytes));
        relocate(moved, data_, size_);
        release(data_, capacity_ * sizeof(T));
        data_ = moved;
        capacity_ = static_cast<uint32_t>(bytes / sizeof(T));
    }
    // Amortised constant time.
    T& push_back(T value) {
        if (size_ == capacity_) reserve(size_ + size_t{1});
        return *construct(data_ + size_++, contract::move(value));
    }
    void pop_back() {
        if (size_ == 0) out_of_range();
        data_[--size_].~T();
    }
    void append(const T* from, size_t count) {
        reserve(size_ + count);
        if constexpr (__is_trivially_copyable(T)) {
            if (count != 0) __builtin_memcpy(data_ + size_, from, count * sizeof(T));
        } else {
            for (size_t i = 0; i < count; ++i) construct(data_ + size_ + i, from[i]);
        }
        size_ += static_cast<uint32_t>(count);
    }
    // Removes one element and puts the last one in its place: constant time, the order changes.
    void swap_remove(size_t at) {
        T& target = (*this)[at];
        if (at + 1 != size_) target = contract::move(data_[size_ - 1]);
        pop_back();
    }
    void clear() {
        if constexpr (!__is_trivially_destructible(T)) {
            for (size_t i = 0; i < size_; ++i) data_[i].~T();
        }
        size_ = 0;
    }

    bool operator==(const Vector& other) const {
        if (size_ != other.size_) return false;
        for (size_t i = 0; i < size_; ++i) {
            if (!(data_[i] == other.data_[i])) return false;
        }
        return true;
    }

  private:
    static void relocate(T* to, T* from, size_t count) {
        if constexpr (__is_trivially_copyable(T)) {
            if (count != 0) __builtin_memcpy(to, from, count * sizeof(T));
        } else {
            for (size_t i = 0; i < count; ++i) {
                construct(to + i, contract::move(from[i]));
                from[i].~T();
            }
        }
    }

    T* data_ = nullptr;
    uint32_t size_ = 0;
    uint32_t capacity_ = 0;
};

}  // namespace dusk::contract
