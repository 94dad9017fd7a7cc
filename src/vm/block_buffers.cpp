#include "vm/block_buffers.hpp"

#include <new>

namespace dusk::vm {
namespace {

constexpr std::align_val_t kAlignment{64};

}  // namespace

void BlockBufferReturn::operator()(std::uint8_t* buffer) const noexcept {
    --owner->taken_;
    if (owner->free_.size() < BlockBuffers::kKept) {
        owner->free_.push_back(buffer);
    } else {
        ::operator delete(buffer, kAlignment);
    }
}

BlockBuffers::~BlockBuffers() {
    for (std::uint8_t* buffer : free_) ::operator delete(buffer, kAlignment);
}

BlockBuffer BlockBuffers::take() {
    if (taken_ + written_ >= most_) return {};
    std::uint8_t* buffer = nullptr;
    if (free_.empty()) {
        free_.reserve(kKept);  // so that giving back never allocates
        buffer = static_cast<std::uint8_t*>(::operator new(kBlockSize, kAlignment, std::nothrow));
        if (buffer == nullptr) return {};
    } else {
        buffer = free_.back();
        free_.pop_back();
    }
    ++taken_;
    return BlockBuffer(buffer, BlockBufferReturn{this});
}

bool BlockBuffers::count_written(std::size_t blocks) {
    if (taken_ + written_ + blocks > most_) return false;
    written_ += blocks;
    return true;
}

}  // namespace dusk::vm
