#include "ledger/inventory.hpp"

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

SocketAddress read_socket_address(WireReader& in) {
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

void write(Writer& out, const SocketAddress& address) {
    out.u8(std::holds_alternative<ByteArray<4>>(address.ip) ? kIpv4 : kIpv6);
    std::visit([&](const auto& bytes) { out.bytes(bytes); }, address.ip);
    out.le(address.port);
}

}  // namespace dusk::ledger
