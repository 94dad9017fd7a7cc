#include "vm/event_list.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace dusk::vm {
namespace {

ContractId id_of(std::uint32_t number) {
    ContractId id{};
    store_le(id.data(), number);
    return id;
}

void add(EventList& list, const Event& event) {
    const auto draft = list.draft(event.source, event.topic.size(), event.data.size());
    std::ranges::copy(event.topic, draft.topic.begin());
    std::ranges::copy(event.data, draft.data.begin());
    list.keep(draft);
}

Event event_of(std::uint32_t source, std::string topic, Bytes data) {
    Event event;
    event.source = id_of(source);
    event.topic = std::move(topic);
    event.data = std::move(data);
    return event;
}

bool same(const EventView& a, const Event& b) {
    return a.source == b.source && a.topic == b.topic && equal(a.data, b.data) && a.reverted == b.reverted;
}

bool same(const EventList& list, const std::vector<Event>& events) {
    std::size_t at = 0;
    for (const EventView& event : list) {
        if (at == events.size() || !same(event, events[at++])) return false;
    }
    return at == events.size() && list.size() == at;
}

TEST(EventList, IsEmptyAtFirst) {
    EventList list;
    EXPECT_TRUE(list.is_empty());
    EXPECT_TRUE(list.begin() == list.end());
    list.mark_reverted(list.end_place());
    EXPECT_EQ(list.bytes(), 0);
}

TEST(EventList, HoldsWhatWasPutIn) {
    rc::check("events of any size, with places from which they are marked", [] {
        EventList list;
        std::vector<Event> events;
        std::vector<std::pair<EventList::Place, std::size_t>> places;
        std::uint64_t most = 0;
        const auto steps = *rc::gen::inRange(0, 300);
        for (int i = 0; i < steps; ++i) {
            const auto what = *rc::gen::inRange(0, 10);
            if (what == 0) {
                places.emplace_back(list.end_place(), events.size());
            } else if (what == 1 && !places.empty()) {
                const auto [place, from] = places.back();
                places.pop_back();
                list.mark_reverted(place);
                for (std::size_t k = from; k < events.size(); ++k) events[k].reverted = true;
            } else if (what == 2) {
                (void)list.draft(id_of(7), 3, 70'000);  // never kept
            } else {
                const auto topic = *rc::gen::element<std::size_t>(0, 0, 1, 5, 8, 9, 127, 128, 700);
                const auto data = *rc::gen::element<std::size_t>(0, 0, 1, 6, 7, 200, 65536);
                Event event = event_of(*rc::gen::inRange<std::uint32_t>(0, 300) / 100, std::string(topic, 't'),
                                       Bytes(data, static_cast<std::uint8_t>(i)));
                add(list, event);
                most += EventList::most_bytes(topic, data);
                events.push_back(std::move(event));
            }
        }
        RC_ASSERT(same(list, events));
        RC_ASSERT(list.bytes() <= most);
        const EventList moved = std::move(list);
        RC_ASSERT(same(moved, events));
        EventList twice;
        twice.append(moved);
        twice.append(moved);
        const std::vector<Event> again = events;
        events.insert(events.end(), again.begin(), again.end());
        RC_ASSERT(same(twice, events));
    });
}

TEST(EventList, EmptyEventsOfOneContractTakeAByteEach) {
    EventList list;
    constexpr std::size_t kEvents = 3'000'000;
    for (std::size_t i = 0; i < kEvents; ++i) add(list, event_of(1, "", {}));
    EXPECT_EQ(list.size(), kEvents);
    EXPECT_EQ(list.bytes(), kEvents + 1);
}

// Events that alternate between many contracts, each with the smallest size that its gas pays for.
TEST(EventList, TakesLessThanHalfAByteForEachGas) {
    for (const std::uint32_t contracts : {1U, 2U, 1000U}) {
        for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 63U, 64U, 128U, 5000U}) {
            EventList list;
            std::uint64_t gas = 0;
            for (std::uint32_t i = 0; i < 3000; ++i) {
                add(list, event_of(i % contracts, std::string(size, 'x'), {}));
                gas += 4 + 4 * size + (contracts == 1 ? 0 : 8);  // a call to the next contract
            }
            EXPECT_LT(list.bytes() * 2, gas) << contracts << " " << size;
        }
    }
}

}  // namespace
}  // namespace dusk::vm
