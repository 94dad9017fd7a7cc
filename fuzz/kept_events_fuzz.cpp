// Events of a block as the chain keeps them: what can be read is written again as the same events.
#include "chain/kept_events.hpp"
#include "execution/block_execution.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    using fuzz::require;
    execution::BlockReceipts receipts;
    const auto collect = [&](const chain::KeptEvent& event) {
        receipts.events.add({event.source.bytes, event.topic, event.data, event.reverted});
        receipts.origins.push_back({.transaction = event.origin, .events = 1});
    };
    if (!chain::read_events({data, size}, collect)) return 0;
    std::size_t seen = 0;
    auto event = receipts.events.begin();
    chain::write_events(receipts, [&](const Bytes& piece) {
        const auto read = chain::read_events(piece, [&](const chain::KeptEvent& again) {
            require(again.origin == receipts.origins[seen++].transaction);
            require(again.source.bytes == event->source && again.topic == event->topic);
            require(equal(again.data, event->data) && again.reverted == event->reverted);
            ++event;
        });
        require(read.has_value());
    });
    require(seen == receipts.origins.size());
    return 0;
}
