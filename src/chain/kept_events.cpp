#include "chain/kept_events.hpp"

#include "base/writer.hpp"
#include "execution/block_execution.hpp"

namespace dusk::chain {
namespace {

constexpr std::uint8_t kOrigin = 1;
constexpr std::uint8_t kOfBlock = 2;
constexpr std::uint8_t kSource = 4;
constexpr std::uint8_t kReverted = 8;
constexpr std::size_t kPieceSize = std::size_t{1} << 20;

class Pieces {
  public:
    explicit Pieces(const std::function<void(Bytes)>& take) : take_(take) {}

    void add(const std::optional<ledger::TransactionId>& origin, const vm::EventView& event) {
        if (piece_.size() >= kPieceSize) end();
        const bool is_first = piece_.size() == 0;
        const bool has_origin = is_first || origin != origin_;
        const bool has_source = is_first || event.source != source_;
        std::uint8_t flags = event.reverted ? kReverted : 0;
        if (has_origin) flags |= origin ? kOrigin : kOfBlock;
        if (has_source) flags |= kSource;
        piece_.u8(flags);
        if (has_origin && origin) piece_.bytes(origin->bytes);
        if (has_source) piece_.bytes(event.source);
        piece_.prefixed_le<std::uint32_t>(as_bytes(event.topic)).prefixed_le<std::uint32_t>(event.data);
        origin_ = origin;
        source_ = event.source;
    }
    void end() { take_(std::move(std::exchange(piece_, Writer())).finish()); }

  private:
    const std::function<void(Bytes)>& take_;
    Writer piece_;
    std::optional<ledger::TransactionId> origin_{};
    vm::ContractId source_{};
};

}  // namespace

void write_events(const execution::BlockReceipts& receipts, const std::function<void(Bytes)>& take) {
    Pieces pieces(take);
    auto event = receipts.events.begin();
    for (const execution::EventOrigin& origin : receipts.origins) {
        for (std::size_t i = 0; i < origin.events; ++i, ++event) pieces.add(origin.transaction, *event);
    }
    pieces.end();
}

Result<void, ReadError> read_events(ByteView piece, const VisitEvent& visit) {
    Reader in(piece);
    bool is_first = true;
    KeptEvent event;
    while (in.remaining() > 0) {
        const std::size_t at = in.position();
        const std::uint8_t flags = in.u8();
        const bool names_origin = (flags & (kOrigin | kOfBlock)) != 0;
        if (flags > 15 || (flags & (kOrigin | kOfBlock)) == (kOrigin | kOfBlock)) in.reject(ReadFault::bad_tag, at);
        if (is_first && (!names_origin || (flags & kSource) == 0)) in.reject(ReadFault::bad_value, at);
        if ((flags & kOrigin) != 0) event.origin = ledger::TransactionId{in.array<32>()};
        if ((flags & kOfBlock) != 0) event.origin.reset();
        if ((flags & kSource) != 0) event.source = ledger::ContractId{in.array<32>()};
        const ByteView topic = in.bytes(in.le<std::uint32_t>());
        event.topic = {reinterpret_cast<const char*>(topic.data()), topic.size()};
        event.data = in.bytes(in.le<std::uint32_t>());
        event.reverted = (flags & kReverted) != 0;
        if (!in.ok()) break;
        visit(event);
        is_first = false;
    }
    return in.finish();
}

}  // namespace dusk::chain
