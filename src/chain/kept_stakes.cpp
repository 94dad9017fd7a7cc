#include "chain/kept_stakes.hpp"

#include "base/writer.hpp"

namespace dusk::chain {
namespace {

constexpr std::size_t kStakeSize = ledger::KeyBytes::kSize + 16;

}  // namespace

std::vector<KeptStake> kept_stakes(const consensus::Provisioners& provisioners) {
    std::vector<KeptStake> out;
    out.reserve(provisioners.all().size());
    for (const auto& [key, one] : provisioners.all()) {
        if (one.value.value == 0) continue;
        out.push_back({.key = key, .value = one.value, .eligible_since = one.eligible_since});
    }
    return out;
}

Bytes write_stakes(std::span<const KeptStake> stakes) {
    Writer out;
    out.le(static_cast<std::uint32_t>(stakes.size()));
    for (const KeptStake& one : stakes) {
        out.bytes(one.key.bytes).le(one.value.value).le(one.eligible_since.value);
    }
    return std::move(out).finish();
}

Result<std::vector<KeptStake>, ReadError> read_stakes(ByteView bytes) {
    Reader in(bytes);
    const auto count = in.le<std::uint32_t>();
    if (count > in.remaining() / kStakeSize) in.reject(ReadFault::over_limit, 0);
    std::vector<KeptStake> out;
    if (in.ok()) out.reserve(count);
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
        const std::size_t at = in.position();
        KeptStake one{.key = {in.array<ledger::KeyBytes::kSize>()},
                      .value = {in.le<std::uint64_t>()},
                      .eligible_since = {in.le<std::uint64_t>()}};
        if (one.value.value == 0 || (!out.empty() && !(out.back().key < one.key))) in.reject(ReadFault::bad_value, at);
        out.push_back(one);
    }
    return in.finish(std::move(out));
}

}  // namespace dusk::chain
