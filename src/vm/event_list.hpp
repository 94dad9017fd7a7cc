// Events of calls, in the order of emission, in as little memory as their gas pays for.
//
// An event costs a contract 4 gas per byte of topic and data and at least 4 gas for the instructions that emit it
// (spec/vm.md §1.1, §3). Kept here it takes its bytes and 16 more at most, 1 where it is small and comes from the
// contract that emitted the one before: less than half a byte for each gas, whatever contracts do. Objects of their own
// would take a hundred bytes each, of which a call can make hundreds of millions.
#pragma once

#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "vm/contract_id.hpp"

namespace dusk::vm {

// An event as a list has it; the views live as long as the list.
struct EventView {
    ContractId source{};
    std::string_view topic{};
    ByteView data{};
    bool reverted = false;  // emitted by a call that failed later
};

// An event of its own.
struct Event {
    ContractId source{};
    std::string topic{};
    Bytes data{};
    bool reverted = false;

    Event() = default;
    explicit Event(const EventView& view)
        : source(view.source), topic(view.topic), data(to_vector(view.data)), reverted(view.reverted) {}
};

class EventList {
  public:
    // The place of an event, or the end.
    struct Place {
        std::size_t piece = 0;
        std::size_t offset = 0;

        bool operator==(const Place&) const = default;
    };

    class Iterator {
      public:
        using difference_type = std::ptrdiff_t;
        using value_type = EventView;
        using reference = EventView;
        using pointer = void;
        using iterator_category = std::input_iterator_tag;

        Iterator() = default;
        EventView operator*() const { return event_; }
        const EventView* operator->() const { return &event_; }
        Iterator& operator++() {
            read();
            return *this;
        }
        void operator++(int) { read(); }
        bool operator==(const Iterator& other) const { return left_ == other.left_; }

      private:
        friend class EventList;
        explicit Iterator(const EventList& list) : list_(&list), left_(list.size_ + 1) { read(); }
        void read();

        const EventList* list_ = nullptr;
        std::size_t left_ = 0;  // events from this one on
        Place next_{};
        EventView event_{};
    };

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool is_empty() const { return size_ == 0; }
    [[nodiscard]] Iterator begin() const { return size_ == 0 ? Iterator{} : Iterator(*this); }
    [[nodiscard]] Iterator end() const { return {}; }
    // Bytes that the events take.
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

    // The next event, before it counts: both parts are to be filled, then it is kept. Dropped by making another one.
    struct Draft {
        std::size_t header = 0;  // bytes before the parts
        MutableByteView topic{};
        MutableByteView data{};
    };
    // What an event of this size can add to `bytes` at most.
    [[nodiscard]] static std::uint64_t most_bytes(std::uint64_t topic_size, std::uint64_t data_size) {
        return kMostHeader + topic_size + data_size;
    }
    [[nodiscard]] Draft draft(const ContractId& source, std::size_t topic_size, std::size_t data_size);
    void keep(const Draft& draft);
    // A copy behind the others.
    void add(const EventView& event);
    void append(const EventList& others);

    [[nodiscard]] Place end_place() const {
        return pieces_.empty() ? Place{} : Place{pieces_.size() - 1, pieces_.back().used};
    }
    // Marks the events from `from`, which was the end once.
    void mark_reverted(Place from);

  private:
    struct Piece {
        std::unique_ptr<std::uint8_t[]> bytes;
        std::size_t used = 0;
        std::size_t capacity = 0;
    };
    struct Header {
        std::size_t size = 0;
        std::size_t topic_size = 0;
        std::size_t data_size = 0;
        std::optional<std::uint32_t> source{};  // nothing: that of the event before
    };
    static constexpr std::size_t kMostHeader = 16;
    static constexpr std::size_t kLargestPiece = std::size_t{1} << 20;  // but for larger events
    static constexpr std::size_t kSmallestPiece = 512;

    [[nodiscard]] static Header header_at(const std::uint8_t* at);
    // The place itself, or the begin of the next piece where it is the end of one.
    [[nodiscard]] Place settled(Place place) const;
    [[nodiscard]] std::uint32_t index_of(const ContractId& source);

    std::vector<Piece> pieces_;
    std::vector<ContractId> sources_;
    std::map<ContractId, std::uint32_t> source_indices_;
    std::optional<std::uint32_t> last_source_;     // of the last event that is kept
    std::optional<std::uint32_t> drafted_source_;  // of the draft
    std::size_t size_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace dusk::vm
