#include "ledger/inventory.hpp"

#include <fmt/core.h>

#include "ledger/limits.hpp"

namespace dusk::ledger {
namespace {

InventoryItem read_item(WireReader& in) {
    switch (in.at_most<std::uint8_t>(5, WireFault::bad_item)) {
        case 0:
            return PooledTransaction{TransactionId{in.array<TransactionId::kSize>()}};
        case 1:
            return BlockByHash{BlockHash::read(in)};
        case 2:
            return BlockByHeight{Height{in.le<std::uint64_t>()}};
        case 3:
            return CandidateByHash{BlockHash::read(in)};
        case 4:
            return CandidateOfIteration{ConsensusHeader::read(in)};
        default:
            return ValidationResultOf{ConsensusHeader::read(in)};
    }
}

struct WriteItem {
    Writer& out;
    void operator()(const PooledTransaction& item) const { out.bytes(item.id.bytes); }
    void operator()(const BlockByHash& item) const { item.hash.write(out); }
    void operator()(const BlockByHeight& item) const { out.le(item.height.value); }
    void operator()(const CandidateByHash& item) const { item.hash.write(out); }
    void operator()(const CandidateOfIteration& item) const { item.header.write(out); }
    void operator()(const ValidationResultOf& item) const { item.header.write(out); }
};

constexpr std::uint8_t kIpv4 = 4;
constexpr std::uint8_t kIpv6 = 6;

std::string text_of(const ByteArray<4>& ip) { return fmt::format("{}.{}.{}.{}", ip[0], ip[1], ip[2], ip[3]); }

using Groups = std::array<std::uint16_t, 8>;

// The longest run of two or more zeros, the first of them: [first, last).
std::pair<std::size_t, std::size_t> zeros_of(const Groups& groups) {
    std::pair<std::size_t, std::size_t> longest{0, 1};
    for (std::size_t first = 0; first < groups.size(); ++first) {
        std::size_t last = first;
        while (last < groups.size() && groups[last] == 0) ++last;
        if (last - first > longest.second - longest.first) longest = {first, last};
    }
    return longest.second - longest.first > 1 ? longest : std::pair<std::size_t, std::size_t>{8, 8};
}

// As RFC 5952 has it.
std::string text_of(const ByteArray<16>& ip) {
    constexpr ByteArray<12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (take<12>(ip) == kMapped) return "::ffff:" + text_of(take<4>(ByteView(ip).subspan(12)));
    Groups groups{};
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = load_be<std::uint16_t>(ip.data() + 2 * i);
    const auto [first, last] = zeros_of(groups);
    std::string out;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == first) out += "::";
        if (i >= first && i < last) continue;
        out += fmt::format("{}{:x}", out.empty() || out.ends_with(':') ? "" : ":", groups[i]);
    }
    return out;
}

}  // namespace

Inventory Inventory::read(WireReader& in) {
    Inventory out;
    const auto count = in.at_most<std::uint32_t>(kMostInventoryItems, WireFault::too_many_items);
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) out.items.push_back(read_item(in));
    out.max_entries = in.le<std::uint16_t>();
    return out;
}

void Inventory::write(Writer& out) const {
    if (items.size() > kMostInventoryItems) throw std::length_error("an inventory has at most 10000 items");
    out.count_le<std::uint32_t>(items.size());
    for (const InventoryItem& item : items) {
        out.u8(static_cast<std::uint8_t>(item.index()));
        std::visit(WriteItem{out}, item);
    }
    out.le(max_entries);
}

std::string SocketAddress::to_text() const {
    if (const auto* four = std::get_if<ByteArray<4>>(&ip)) return fmt::format("{}:{}", text_of(*four), port);
    return fmt::format("[{}]:{}", text_of(std::get<ByteArray<16>>(ip)), port);
}

SocketAddress SocketAddress::read(WireReader& in) {
    const std::size_t at = in.position();
    const std::uint8_t version = in.u8();
    SocketAddress out;
    if (version == kIpv4) {
        out.ip = in.array<4>();
    } else if (version == kIpv6) {
        out.ip = in.array<16>();
    } else {
        in.refuse(WireFault::bad_address, at);
    }
    out.port = in.le<std::uint16_t>();
    return out;
}

void SocketAddress::write(Writer& out) const {
    out.u8(std::holds_alternative<ByteArray<4>>(ip) ? kIpv4 : kIpv6);
    std::visit([&](const auto& bytes) { out.bytes(bytes); }, ip);
    out.le(port);
}

}  // namespace dusk::ledger
