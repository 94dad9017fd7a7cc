// Accounts by number: rows that many blocks have name an account by it instead of its 96 bytes.
#pragma once

#include <map>

#include "chronicle/database.hpp"
#include "chronicle/happenings.hpp"
#include "ledger/quantities.hpp"

namespace dusk::chronicle {

// Within one transaction of the database that writes: what it remembers goes when that is taken back.
class Accounts {
  public:
    explicit Accounts(Database& database) : database_(database) {}

    // Its number, which it gets when it was not met before. 0 is nobody's.
    [[nodiscard]] Outcome<std::int64_t> number_of(const AccountBytes& account, ledger::Height height);
    // It holds funds in the open: from this height on it counts.
    [[nodiscard]] Outcome<void> count(const AccountBytes& account, ledger::Height height);
    // Inserts those that are new, which nobody finds in the database before.
    [[nodiscard]] Outcome<void> write();

  private:
    static constexpr std::size_t kMostKnown = 50'000;
    struct Known {
        std::int64_t number = 0;
        bool counts = false;
    };
    struct New {
        AccountBytes account{};
        std::int64_t number = 0;
        std::int64_t met = 0;
        std::int64_t height = 0;
    };
    [[nodiscard]] Outcome<Known*> find(const AccountBytes& account, ledger::Height height);

    Database& database_;
    std::map<AccountBytes, Known> known_;
    std::vector<New> new_;   // rising by one in their numbers
    std::int64_t next_ = 0;  // number; 0: not asked for yet
};

}  // namespace dusk::chronicle
