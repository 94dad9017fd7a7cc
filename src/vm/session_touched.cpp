// Compares the memories of a session with those of the state that it began with.
#include <unistd.h>

#include <algorithm>

#include "vm/imports.hpp"
#include "vm/touched.hpp"

namespace dusk::vm {
namespace {

CallResult<Bytes> content_before(const Contract& contract, std::uint32_t index) {
    Bytes out(kPageSize);
    const StoredPage* const page = contract.record == nullptr ? nullptr : contract.record->page(index);
    if (page == nullptr) return out;
    std::size_t got = 0;
    while (got < out.size()) {
        const auto part =
            ::pread(page->descriptor(), out.data() + got, out.size() - got, static_cast<off_t>(page->offset() + got));
        if (part <= 0) return fail(CallError{CallErrorKind::persistence, Trap::none, "a stored page cannot be read"});
        got += static_cast<std::size_t>(part);
    }
    return out;
}

std::uint32_t differences(ByteView before, const std::uint8_t* after) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < before.size(); ++i) out += before[i] != after[i] ? 1U : 0U;
    return out;
}

}  // namespace

const std::map<ContractId, std::unique_ptr<Contract>>& Imports::contracts(const Session& session) {
    return session.contracts_;
}

CallResult<std::vector<TouchedContract>> touched(const Session& session, std::size_t most_pages) {
    std::vector<TouchedContract> out;
    std::size_t pages = 0;
    for (const auto& [id, contract] : Imports::contracts(session)) {
        if (contract->memory == nullptr) continue;
        if (contract->memory->is_lost()) {
            return fail(CallError{CallErrorKind::session_lost, Trap::none, "nothing of it can be looked at"});
        }
        TouchedContract one{.contract = id, .is_new = contract->record == nullptr};
        one.memory_before = contract->record == nullptr ? 0 : contract->record->memory_length;
        one.memory_after = contract->memory->linear().length;
        for (const std::uint32_t page : contract->memory->dirty_pages()) {
            if (pages++ >= most_pages) break;
            const auto before = content_before(*contract, page);
            if (!before) return fail(before.error());
            one.pages.push_back({page, differences(*before, contract->memory->page_content(page))});
        }
        const bool is_changed = one.is_new || one.memory_before != one.memory_after || !one.pages.empty();
        if (is_changed) out.push_back(std::move(one));
    }
    return out;
}

}  // namespace dusk::vm
