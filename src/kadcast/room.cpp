#include "kadcast/room.hpp"

namespace dusk::kadcast {
namespace {

// More than a routing table has nodes. Above, accounts without objects are given up.
constexpr std::size_t kManyAccounts = 4096;

}  // namespace

Account& Room::account_of(const SocketAddress& source, bool is_known) {
    if (!is_known) return strangers_;
    if (const auto found = known_.find(source); found != known_.end()) return found->second;
    if (known_.size() >= kManyAccounts) {
        std::erase_if(known_, [](const auto& entry) { return entry.second.parts.empty(); });
    }
    Account& account = known_[source];
    account.source = source;
    return account;
}

bool Room::is_full(const Account& account, std::size_t more, bool is_new) const {
    if (!account.source) return account.bytes + more > settings_.most_bytes_of_strangers;
    return account.bytes + more > settings_.most_bytes_of_source ||
           (is_new && account.parts.size() >= settings_.most_objects_of_source);
}

Account& Room::fullest() {
    Account* out = &strangers_;
    for (auto& [source, account] : known_) {
        if (account.bytes > out->bytes) out = &account;
    }
    return *out;
}

bool Room::make_room(Account& account, std::size_t bytes, const Part* part,
                     const std::function<void(Part&)>& displace) {
    // False: there is no other.
    const auto displace_oldest = [&](Account& of) {
        for (Part* other : of.parts) {
            if (other == part) continue;
            displace(*other);
            return true;
        }
        return false;
    };
    while (is_full(account, bytes, part == nullptr)) {
        if (!displace_oldest(account)) return false;
    }
    while (bytes_ + bytes > settings_.most_bytes) {
        if (!displace_oldest(fullest())) return false;
    }
    return true;
}

bool Room::fits(const Account& account, const Part& part) const { return !is_full(account, part.charged, true); }

void Room::charge(Part& part, Account& account) {
    part.account = &account;
    part.place = account.parts.insert(account.parts.end(), &part);
    update(part);
}

void Room::update(Part& part) {
    const std::size_t now = part.assembly.bytes();
    part.account->bytes += now - part.charged;
    bytes_ += now - part.charged;
    part.charged = now;
}

void Room::move(Part& part, Account& account) {
    Account& before = *part.account;
    before.bytes -= part.charged;
    account.bytes += part.charged;
    account.parts.splice(account.parts.end(), before.parts, part.place);
    part.account = &account;
}

void Room::release(Part& part) {
    Account& account = *part.account;
    account.bytes -= part.charged;
    bytes_ -= part.charged;
    account.parts.erase(part.place);
    part.account = nullptr;
}

}  // namespace dusk::kadcast
