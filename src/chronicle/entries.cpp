#include "chronicle/entries.hpp"

#include "chronicle/block_entry.hpp"

namespace dusk::chronicle {

Outcome<Entries::Added> Entries::add(const ledger::BlockHeader& header, const Content& content) {
    return BlockEntry(*this, header, content).write();
}

Outcome<Totals*> Entries::totals() {
    if (!totals_) {
        const auto read = totals_at_top(database_);
        if (!read) return fail(read.error());
        totals_ = *read;
    }
    return &*totals_;
}

Outcome<void> Entries::write() {
    if (auto done = accounts_.write(); !done) return done;
    if (auto done = stakes_.write(); !done) return done;
    for (Rows* const rows : waiting()) {
        if (rows->count() == 0) continue;
        if (auto done = database_.insert(*rows); !done) return done;
        rows->clear();
    }
    return {};
}

Outcome<void> Entries::write_if_many() {
    std::size_t bytes = 0;
    for (const Rows* const rows : waiting()) bytes += rows->size();
    return bytes < kMostWaiting ? Outcome<void>{} : write();
}

}  // namespace dusk::chronicle
