#include "base/archive_source.hpp"

namespace dusk {

std::optional<std::size_t> ArchiveSource::open_root(std::size_t size, std::size_t alignment) {
    if (bytes_.size() < size) {
        fault(ArchiveFault::too_short, bytes_.size());
        return {};
    }
    const std::size_t root = bytes_.size() - size;
    if (alignment_ < alignment) {
        fault(ArchiveFault::weak_buffer, root);
        return {};
    }
    if (root % alignment != 0) {
        fault(ArchiveFault::misaligned, root);
        return {};
    }
    range_ = {0, root};
    return root;
}

std::optional<std::size_t> ArchiveSource::target(std::size_t base, std::int32_t offset, std::uint64_t size,
                                                 std::size_t alignment) {
    const std::int64_t start = static_cast<std::int64_t>(base) + offset;
    if (start < 0 || static_cast<std::uint64_t>(start) > bytes_.size() ||
        size > bytes_.size() - static_cast<std::uint64_t>(start)) {
        fault(ArchiveFault::out_of_bounds, base);
        return {};
    }
    if (alignment_ < alignment) {
        fault(ArchiveFault::weak_buffer, base);
        return {};
    }
    if (static_cast<std::uint64_t>(start) % alignment != 0) {
        fault(ArchiveFault::misaligned, base);
        return {};
    }
    return static_cast<std::size_t>(start);
}

bool ArchiveSource::claimable(std::size_t start, std::uint64_t size) {
    if (start < range_.low || start > range_.high || size > range_.high - start) {
        return fault(ArchiveFault::claimed_before, start);
    }
    return true;
}

std::optional<ArchiveSource::Claim> ArchiveSource::enter(std::size_t base, std::int32_t offset, std::uint64_t size,
                                                         std::size_t alignment) {
    const auto start = target(base, offset, size, alignment);
    if (!start || !claimable(*start, size)) return {};
    if (depth_ == max_depth) {
        fault(ArchiveFault::too_deep, *start);
        return {};
    }
    ++depth_;
    const Claim claim{*start, static_cast<std::size_t>(size), {*start + static_cast<std::size_t>(size), range_.high}};
    range_.high = *start;
    return claim;
}

void ArchiveSource::leave(const Claim& claim) {
    --depth_;
    range_ = claim.after;
}

}  // namespace dusk
