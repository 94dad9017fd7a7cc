#include "vm/page_buffers.hpp"

#include <new>

#include "vm/contract_id.hpp"

namespace dusk::vm {
namespace {

constexpr std::align_val_t kAlignment{4096};

}  // namespace

void PageBufferReturn::operator()(std::uint8_t* buffer) const noexcept {
    --owner->taken_;
    if (owner->free_.size() < PageBuffers::kKept) {
        owner->free_.push_back(buffer);
    } else {
        ::operator delete(buffer, kAlignment);
    }
}

PageBuffers::~PageBuffers() {
    for (std::uint8_t* buffer : free_) ::operator delete(buffer, kAlignment);
}

PageBuffer PageBuffers::take() {
    if (taken_ + written_ >= most_) return {};
    std::uint8_t* buffer = nullptr;
    if (free_.empty()) {
        free_.reserve(kKept);  // so that giving back never allocates
        buffer = static_cast<std::uint8_t*>(::operator new(kPageSize, kAlignment, std::nothrow));
        if (buffer == nullptr) return {};
    } else {
        buffer = free_.back();
        free_.pop_back();
    }
    ++taken_;
    return PageBuffer(buffer, PageBufferReturn{this});
}

bool PageBuffers::count_written() {
    if (taken_ + written_ >= most_) return false;
    ++written_;
    return true;
}

}  // namespace dusk::vm
