#include "chronicle/accounts.hpp"

#include "chronicle/numbers.hpp"
#include "chronicle/schema.hpp"

namespace dusk::chronicle {

Outcome<Accounts::Known*> Accounts::find(const AccountBytes& account, ledger::Height height) {
    const auto at = known_.find(account);
    if (at != known_.end()) return &at->second;
    if (known_.size() >= kMostKnown) {
        if (auto done = write(); !done) return fail(done.error());
        known_.clear();
    }
    Known known;
    auto done = database_.run("SELECT number, height FROM chronicle_accounts WHERE account = $1", {account},
                              [&](const Row& row) {
                                  known = {.number = row.number(0), .counts = row.number(1) != kNever};
                                  return false;
                              });
    if (!done) return fail(done.error());
    if (known.number == 0) {
        if (next_ == 0) {
            done = database_.run("SELECT number FROM chronicle_accounts ORDER BY number DESC LIMIT 1", {},
                                 [&](const Row& row) {
                                     next_ = row.number(0);
                                     return false;
                                 });
            if (!done) return fail(done.error());
            ++next_;
        }
        known.number = next_++;
        new_.push_back({.account = account, .number = known.number, .met = signed_of(height), .height = kNever});
    }
    return &known_.emplace(account, known).first->second;
}

Outcome<std::int64_t> Accounts::number_of(const AccountBytes& account, ledger::Height height) {
    const auto known = find(account, height);
    if (!known) return fail(known.error());
    return (*known)->number;
}

Outcome<void> Accounts::count(const AccountBytes& account, ledger::Height height) {
    const auto known = find(account, height);
    if (!known) return fail(known.error());
    if ((*known)->counts) return {};
    (*known)->counts = true;
    if (!new_.empty() && (*known)->number >= new_.front().number) {
        new_[static_cast<std::size_t>((*known)->number - new_.front().number)].height = signed_of(height);
        return {};
    }
    return database_.run("UPDATE chronicle_accounts SET height = $1 WHERE number = $2",
                         {signed_of(height), (*known)->number});
}

Outcome<void> Accounts::write() {
    if (new_.empty()) return {};
    Rows rows("chronicle_accounts", 4);
    for (const New& one : new_) rows.add({one.number, one.account, one.met, one.height});
    new_.clear();
    return database_.insert(rows);
}

}  // namespace dusk::chronicle
