// Where an archive grows: objects are placed one after the other, aligned relative to the start, padded with zeros.
#pragma once

#include <limits>

#include "base/archive_error.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk {

// What the reference's writers have (spec/vm.md §9.8). Archives never exceed what a relative pointer can span.
struct ArchiveLimits {
    std::size_t buffer = std::numeric_limits<std::int32_t>::max();
    std::size_t scratch = std::numeric_limits<std::size_t>::max();
};
// Arguments and metadata that the host hands to a contract.
inline constexpr ArchiveLimits contract_argument_limits{.buffer = 65536, .scratch = 1024};

// The note that the reference's writer keeps for a value between writing what it points to and the value itself, as
// the compiler of a 64-bit host lays it out. `spare_tags` counts byte values that the note never takes: an optional
// note uses one of them instead of a byte of its own.
struct ScratchShape {
    std::size_t size = 0;
    std::size_t alignment = 1;
    std::size_t spare_tags = 0;
};
inline constexpr ScratchShape position_scratch{.size = 8, .alignment = 8};

// Overruns are remembered and reported by `finish`, so that writing needs no check at every step.
class ArchiveSink {
  public:
    explicit ArchiveSink(const ArchiveLimits& limits) : limits_(limits) {}

    [[nodiscard]] std::size_t position() const { return bytes_.size(); }
    // Pads to a multiple of `alignment`, a power of two; the position after it.
    std::size_t align(std::size_t alignment) {
        bytes_.resize((bytes_.size() + alignment - 1) & ~(alignment - 1));
        return bytes_.size();
    }
    // Appends `size` zero bytes, to be filled with `at`; their position.
    std::size_t place(std::size_t size) {
        const std::size_t position = bytes_.size();
        bytes_.resize(position + size);
        return position;
    }
    void write(ByteView bytes) { append(bytes_, bytes); }
    // Bytes placed before; valid until the next change.
    [[nodiscard]] MutableByteView at(std::size_t position, std::size_t size) {
        return MutableByteView(bytes_).subspan(position, size);
    }
    template <class Integer>
    void store(std::size_t position, Integer value) {
        store_le<Integer>(bytes_.data() + position, value);
    }
    // The pointer field at `position` leads to `target`.
    void store_pointer(std::size_t position, std::size_t target) {
        store<std::uint32_t>(position, static_cast<std::uint32_t>(target - position));
    }

    // Takes room for `count` notes; returns what `release_scratch` gives back.
    std::size_t take_scratch(const ScratchShape& shape, std::size_t count) {
        const std::size_t before = scratch_;
        if (shape.size == 0 || count == 0) return before;
        scratch_ = ((scratch_ + shape.alignment - 1) & ~(shape.alignment - 1)) + shape.size * count;
        if (scratch_ > limits_.scratch) scratch_exhausted_ = true;
        return before;
    }
    void release_scratch(std::size_t before) { scratch_ = before; }

    [[nodiscard]] Result<Bytes, ArchiveError> finish() && {
        if (scratch_exhausted_) return fail(ArchiveError{ArchiveFault::scratch_exhausted, bytes_.size()});
        if (bytes_.size() > limits_.buffer) return fail(ArchiveError{ArchiveFault::buffer_full, bytes_.size()});
        return std::move(bytes_);
    }

  private:
    ArchiveLimits limits_;
    Bytes bytes_;
    std::size_t scratch_ = 0;
    bool scratch_exhausted_ = false;
};

}  // namespace dusk
