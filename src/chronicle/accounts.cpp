#include "chronicle/accounts.hpp"

#include "chronicle/numbers.hpp"
#include "chronicle/schema.hpp"

namespace dusk::chronicle {
Outcome<Accounts::Known*> Accounts::find(const AccountBytes& account, ledger::Height height) {
    const auto at = known_.find(account);
    if (at != known_.end()) return &at->second;
    if (known_.size() >= kMostKnown) known_.clear();
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
        done = database_.run("INSERT INTO chronicle_accounts VALUES ($1, $2, $3, $4)",
                             {known.number, account, signed_of(height), kNever});
        if (!done) return fail(done.error());
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
    return database_.run("UPDATE chronicle_accounts SET height = $1 WHERE number = $2",
                         {signed_of(height), (*known)->number});
}

}  // namespace dusk::chronicle
