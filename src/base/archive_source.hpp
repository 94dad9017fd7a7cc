// An archive being read: bounds, alignment and the claim rule of spec/vm.md §9.5.
#pragma once

#include <optional>

#include "base/archive_error.hpp"
#include "base/bytes.hpp"

namespace dusk {

// Every object reached through a pointer claims its bytes. What is left to claim is one range: while the content of an
// object is read it ends where the object starts, afterwards it starts where the object ends. So objects never overlap,
// and reading costs no more than the size of the archive, however the pointers are bent.
class ArchiveSource {
  public:
    struct Range {
        std::size_t low;
        std::size_t high;
    };
    struct Claim {
        std::size_t start;
        std::size_t size;
        Range after;  // what may be claimed once the content has been read
    };

    // `buffer_alignment`: the largest power of two that divides the address of the first byte.
    ArchiveSource(ByteView bytes, std::size_t buffer_alignment) : bytes_(bytes), alignment_(buffer_alignment) {}

    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    // Bytes of an object that was claimed (or of the root).
    [[nodiscard]] ByteView at(std::size_t position, std::size_t size) const { return bytes_.subspan(position, size); }
    template <class Integer>
    [[nodiscard]] Integer load(std::size_t position) const {
        return load_le<Integer>(bytes_.data() + position);
    }
    [[nodiscard]] std::int32_t pointer(std::size_t position) const {
        return static_cast<std::int32_t>(load<std::uint32_t>(position));
    }

    // The root object stands last. Its position, or nothing.
    [[nodiscard]] std::optional<std::size_t> open_root(std::size_t size, std::size_t alignment);

    // Claims `size` bytes at `base` + `offset` and enters them. 64 bits, since a count times a size may exceed 32.
    [[nodiscard]] std::optional<Claim> enter(std::size_t base, std::int32_t offset, std::uint64_t size,
                                             std::size_t alignment);
    void leave(const Claim& claim);

    // Parts of `enter` for trees, whose nodes are claimed by rules of their own.
    [[nodiscard]] std::optional<std::size_t> target(std::size_t base, std::int32_t offset, std::uint64_t size,
                                                    std::size_t alignment);
    [[nodiscard]] bool claimable(std::size_t start, std::uint64_t size);
    [[nodiscard]] const Range& range() const { return range_; }
    void set_range(const Range& range) { range_ = range; }

    // Remembers the first fault; always false.
    bool fault(ArchiveFault fault, std::size_t offset) {
        if (!error_) error_ = ArchiveError{fault, offset};
        return false;
    }
    [[nodiscard]] const std::optional<ArchiveError>& error() const { return error_; }

  private:
    static constexpr std::size_t max_depth = 128;

    ByteView bytes_;
    std::size_t alignment_;
    Range range_{0, 0};
    std::size_t depth_ = 0;
    std::optional<ArchiveError> error_;
};

}  // namespace dusk
