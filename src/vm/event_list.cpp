#include "vm/event_list.hpp"

#include <algorithm>
#include <array>

namespace dusk::vm {
namespace {

// The first byte of an event: two flags and the lengths where both are small. Else the lengths follow, after the index
// of the source where there is one, each in groups of seven bits.
constexpr std::uint8_t kReverted = 0x80;
constexpr std::uint8_t kOtherSource = 0x40;
constexpr std::uint8_t kLengths = 0x3f;
constexpr std::uint8_t kLongLengths = 0x3f;
constexpr std::size_t kSmallTopics = 9;  // shorter than this
constexpr std::size_t kSmallData = 7;
static_assert(kSmallTopics * kSmallData <= kLongLengths);

std::uint8_t* write_number(std::uint8_t* at, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) *at++ = static_cast<std::uint8_t>(value | 0x80);
    *at++ = static_cast<std::uint8_t>(value);
    return at;
}

const std::uint8_t* read_number(const std::uint8_t* at, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const std::uint8_t byte = *at++;
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80) return at;
    }
}

}  // namespace

EventList::Header EventList::header_at(const std::uint8_t* at) {
    const std::uint8_t* const begin = at;
    const std::uint8_t first = *at++;
    Header header;
    if ((first & kOtherSource) != 0) {
        std::uint64_t source = 0;
        at = read_number(at, source);
        header.source = static_cast<std::uint32_t>(source);
    }
    if ((first & kLengths) == kLongLengths) {
        at = read_number(read_number(at, header.topic_size), header.data_size);
    } else {
        header.topic_size = (first & kLengths) / kSmallData;
        header.data_size = (first & kLengths) % kSmallData;
    }
    header.size = static_cast<std::size_t>(at - begin);
    return header;
}

EventList::Place EventList::settled(Place place) const {
    if (place.piece + 1 < pieces_.size() && place.offset == pieces_[place.piece].used) return {place.piece + 1, 0};
    return place;
}

void EventList::Iterator::read() {
    if (--left_ == 0) return;
    next_ = list_->settled(next_);
    const std::uint8_t* const at = list_->pieces_[next_.piece].bytes.get() + next_.offset;
    const Header header = header_at(at);
    if (header.source) event_.source = list_->sources_[*header.source];
    event_.topic = {reinterpret_cast<const char*>(at + header.size), header.topic_size};
    event_.data = {at + header.size + header.topic_size, header.data_size};
    event_.reverted = (*at & kReverted) != 0;
    next_.offset += header.size + header.topic_size + header.data_size;
}

std::uint32_t EventList::index_of(const ContractId& source) {
    if (last_source_ && sources_[*last_source_] == source) return *last_source_;
    const auto [known, added] = source_indices_.try_emplace(source, static_cast<std::uint32_t>(sources_.size()));
    if (added) sources_.push_back(source);
    return known->second;
}

EventList::Draft EventList::draft(const ContractId& source, std::size_t topic_size, std::size_t data_size) {
    const std::uint32_t index = index_of(source);
    std::array<std::uint8_t, kMostHeader> header{};
    std::uint8_t* end = header.data() + 1;
    const bool is_small = topic_size < kSmallTopics && data_size < kSmallData;
    header[0] = is_small ? static_cast<std::uint8_t>(topic_size * kSmallData + data_size) : kLongLengths;
    if (index != last_source_) {
        header[0] |= kOtherSource;
        end = write_number(end, index);
    }
    if (!is_small) end = write_number(write_number(end, topic_size), data_size);
    const auto header_size = static_cast<std::size_t>(end - header.data());

    const std::size_t needed = header_size + topic_size + data_size;
    if (pieces_.empty() || pieces_.back().capacity - pieces_.back().used < needed) {
        const auto usual = std::clamp<std::uint64_t>(bytes_, kSmallestPiece, kLargestPiece);
        const std::size_t capacity = std::max<std::size_t>(usual, needed);
        Piece piece{std::make_unique_for_overwrite<std::uint8_t[]>(capacity), 0, capacity};
        // A piece without events would have no end of its own.
        if (!pieces_.empty() && pieces_.back().used == 0) pieces_.pop_back();
        pieces_.push_back(std::move(piece));
    }
    std::uint8_t* const at = pieces_.back().bytes.get() + pieces_.back().used;
    std::ranges::copy_n(header.data(), static_cast<std::ptrdiff_t>(header_size), at);
    drafted_source_ = index;
    return {header_size, {at + header_size, topic_size}, {at + header_size + topic_size, data_size}};
}

void EventList::keep(const Draft& draft) {
    const std::size_t size = draft.header + draft.topic.size() + draft.data.size();
    pieces_.back().used += size;
    bytes_ += size;
    ++size_;
    last_source_ = drafted_source_;
}

void EventList::add(const EventView& event) {
    const Place place = end_place();
    const Draft copy = draft(event.source, event.topic.size(), event.data.size());
    std::ranges::copy(event.topic, copy.topic.begin());
    std::ranges::copy(event.data, copy.data.begin());
    keep(copy);
    if (event.reverted) mark_reverted(place);
}

void EventList::append(const EventList& others) {
    for (const EventView event : others) add(event);
}

void EventList::mark_reverted(Place from) {
    const Place end = end_place();
    for (Place at = settled(from); at != end; at = settled(at)) {
        std::uint8_t* const first = pieces_[at.piece].bytes.get() + at.offset;
        *first |= kReverted;
        const Header header = header_at(first);
        at.offset += header.size + header.topic_size + header.data_size;
    }
}

}  // namespace dusk::vm
