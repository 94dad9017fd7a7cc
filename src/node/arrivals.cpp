#include "node/arrivals.hpp"

#include "ledger/claimed_signer.hpp"

namespace dusk::node {
namespace {

constexpr std::uint8_t kUnreadable = 255;
constexpr std::size_t kTopicOffset = 5;  // in a message, behind its version

// Before it is decoded.
std::uint8_t kind_of(ByteView message) {
    if (message.size() <= kTopicOffset) return kUnreadable;
    const std::uint8_t topic = message[kTopicOffset];
    return topic_name(topic) == topic_name(kUnreadable) ? kUnreadable : topic;
}

}  // namespace

Arrivals::Arrivals(const ArrivalLimits& limits, const Clock& clock, Deliver deliver, Forget forget, ObjectTrace& trace,
                   TransportCounts& counts, Logger logger)
    : limits_(limits),
      clock_(clock),
      deliver_(std::move(deliver)),
      forget_(std::move(forget)),
      trace_(trace),
      counts_(counts),
      logger_(std::move(logger)),
      waiting_(limits.waiting),
      share_(limits.share, limits.burst) {}

void Arrivals::add(kadcast::Deliver&& object) {
    if (is_of_nobody(object.object)) {
        const std::uint8_t kind = kind_of(object.object);
        trace_.on_complete(object.ray_id, kind, object.from, object.height, object.object.size(),
                           clock_.monotonic_time());
        ++counts_.topics[kind].of_nobody;
        return;
    }
    const Source source = object.is_known ? Source(object.from) : std::nullopt;
    const std::size_t bytes = object.object.size();
    const bool fits = source || (waiting_.size_of(source) < limits_.strangers.items &&
                                 waiting_.bytes_of(source) + bytes <= limits_.strangers.bytes);
    if (!fits) return drop(object);
    for (const kadcast::Deliver& dropped : waiting_.add(source, std::move(object), bytes)) drop(dropped);
}

void Arrivals::vouch(const kadcast::Vouched& vouched) {
    auto one = waiting_.take_if(std::nullopt, [&](const auto& object) { return object.ray_id == vouched.ray_id; });
    if (!one) return;
    one->from = vouched.from;
    one->is_known = true;
    add(*std::move(one));
}

std::optional<MonotonicTime> Arrivals::work() {
    const MonotonicTime first = clock_.monotonic_time();
    for (MonotonicTime begin = first; begin - first < limits_.at_once && share_.free_from() <= begin;) {
        const auto next = waiting_.take();
        if (!next) return {};
        hand_on(next->item, next->from ? Standing::peer : Standing::stranger);
        const MonotonicTime end = clock_.monotonic_time();
        share_.spend(end - begin, end);
        waiting_.charge(next->from, static_cast<std::uint64_t>((end - begin).count()));
        begin = end;
    }
    return waiting_.empty() ? std::nullopt : std::optional(share_.free_from());
}

void Arrivals::hand_on(const kadcast::Deliver& object, Standing sender) {
    auto message = ledger::decode<ledger::Message>(object.object);
    const std::uint8_t topic = message ? message->topic() : kUnreadable;
    trace_.on_complete(object.ray_id, topic, object.from, object.height, object.object.size(), clock_.monotonic_time());
    if (!message) {
        ++counts_.malformed;
        logger_.debug("a message cannot be read", {{"peer", object.from.to_text()}});
        return;
    }
    TopicCounts& kind = counts_.topics[topic];
    ++kind.received;
    kind.received_bytes += object.object.size();
    Received received{.from = object.from, .message = std::make_shared<const ledger::Message>(*std::move(message))};
    if (deliver_(std::move(received), object.object.size(), sender)) {
        ++counts_.received;
    } else {
        ++kind.dropped;
        ++counts_.dropped;
    }
}

// Not decoded, so that little is lost with it.
void Arrivals::drop(const kadcast::Deliver& object) {
    forget_(object.ray_id);
    ++counts_.topics[kind_of(object.object)].dropped;
    ++counts_.dropped;
}

// What no key with a stake has signed is never counted, kept or handed on (spec/consensus.md §5, §8).
bool Arrivals::is_of_nobody(ByteView message) const {
    if (signers_ == nullptr) return false;
    const auto signer = ledger::claimed_signer(message);
    return signer && !signers_->contains(*signer);
}

}  // namespace dusk::node
