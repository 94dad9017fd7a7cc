// Whose incomplete objects take how much memory, and which of them make room (reassembly.hpp).
#pragma once

#include <functional>
#include <list>
#include <map>
#include <optional>

#include "base/socket_address.hpp"
#include "kadcast/assembly.hpp"
#include "kadcast/reassembly.hpp"

namespace dusk::kadcast {

struct Part;

// The incomplete objects of one source of the routing table, or of all other sources together.
struct Account {
    std::optional<SocketAddress> source{};  // none: the strangers
    std::size_t bytes = 0;
    std::list<Part*> parts{};  // the oldest first
};

// One assembly that is charged to an account.
struct Part {
    Part(const RayId& id, Assembly of, std::optional<SocketAddress> only)
        : ray_id(id), assembly(std::move(of)), only_from(only) {}

    RayId ray_id;
    Assembly assembly;
    std::optional<SocketAddress> only_from;  // after a mismatch: whose symbols it has
    // Set by Room.
    Account* account = nullptr;
    std::list<Part*>::iterator place{};
    std::size_t charged = 0;
};

class Room {
  public:
    explicit Room(const ReassemblySettings& settings) : settings_(settings) {}

    // Valid until the next call.
    [[nodiscard]] Account& account_of(const SocketAddress& source, bool is_known);
    // Whether `bytes` more fit into the account, for a new part (none is given) or for `part`. `displace` is called
    // with the others that have to go, and releases them.
    [[nodiscard]] bool make_room(Account& account, std::size_t bytes, const Part* part,
                                 const std::function<void(Part&)>& displace);
    void charge(Part& part, Account& account);  // a new one
    void update(Part& part);                    // after it changed its size
    // Whether the account can take over the part, and doing it.
    [[nodiscard]] bool fits(const Account& account, const Part& part) const;
    void move(Part& part, Account& account);
    void release(Part& part);

    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    [[nodiscard]] bool is_full(const Account& account, std::size_t more, bool is_new) const;
    [[nodiscard]] Account& fullest();

    ReassemblySettings settings_;
    Account strangers_{};
    std::map<SocketAddress, Account> known_{};
    std::size_t bytes_ = 0;
};

}  // namespace dusk::kadcast
