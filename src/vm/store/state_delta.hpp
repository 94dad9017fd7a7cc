// What changes from one state to another, as the log holds it.
#pragma once

#include <optional>
#include <vector>

#include "base/reader.hpp"
#include "base/writer.hpp"
#include "vm/store/state.hpp"

namespace dusk::vm {

struct StateDelta {
    struct Page {
        std::uint32_t index;
        Hash hash;
        Slot slot;
        bool operator==(const Page&) const = default;
    };
    struct NewContract {
        Hash bytecode;
        Bytes owner;
        bool operator==(const NewContract&) const = default;
    };
    struct Contract {
        ContractId id;
        bool is_64;
        std::uint64_t memory_length;
        std::uint32_t position;
        std::optional<NewContract> deployed;
        std::vector<Page> pages;  // ascending
        bool operator==(const Contract&) const = default;
    };

    std::vector<Contract> contracts{};
    std::vector<LeafOverride> overrides{};

    bool operator==(const StateDelta&) const = default;

    // None where no delta leads there: something of `from` is missing in `to`, or deployed otherwise. Every page of
    // `to` that is not in `from` must be stored. O(differences · log).
    [[nodiscard]] static std::optional<StateDelta> between(const State& from, const State& to);

    void encode(Writer& out) const;
    // The fault is the reader's.
    [[nodiscard]] static StateDelta decode(Reader& in);
};

// The state that `delta` makes of `from`; its pages are adopted from the files. Null: the delta does not fit.
[[nodiscard]] StatePtr apply_delta(const State& from, const StateDelta& delta, PageFiles& files);

}  // namespace dusk::vm
