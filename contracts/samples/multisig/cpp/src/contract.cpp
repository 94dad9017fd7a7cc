// Calls that happen when enough of the owners approve them.
#include <dusk/contract.hpp>

using namespace dusk::contract;

namespace multisig {

struct Setup {
    Vector<Account> owners;
    uint32_t threshold = 0;
    DUSK_FIELDS(Setup, owners, threshold)
};

struct Proposal {
    ContractId contract;
    String function;
    Vector<uint8_t> argument;  // the archive that the function takes
    uint64_t expires = 0;      // the last block in which it may be approved
    DUSK_FIELDS(Proposal, contract, function, argument, expires)
};

struct Status {
    uint64_t id = 0;
    uint32_t approvals = 0;
    bool executed = false;
    DUSK_FIELDS(Status, id, approvals, executed)
};

struct Pending {
    Proposal call;
    Set<Account> approvals;
};

struct Multisig {
    static constexpr size_t most_owners = 64;

    Set<Account> owners;
    uint32_t threshold = 0;
    uint64_t next_id = 0;
    Map<uint64_t, Pending> pending;

    void init(const Setup& setup) {
        require(!setup.owners.empty() && setup.owners.size() <= most_owners, "1 to ", most_owners, " owners");
        for (const Account& owner : setup.owners) require(owners.insert(owner), "an owner is named twice");
        require(setup.threshold >= 1 && setup.threshold <= setup.owners.size(), "the threshold is out of range");
        threshold = setup.threshold;
    }

    // Proposes and approves. The proposal's number.
    uint64_t propose(Proposal call) {
        const Account owner = require_owner();
        require(call.expires >= block_height(), "it has expired");
        const uint64_t id = next_id++;
        pending[id].call = move(call);
        count(id, owner);
        return id;
    }
    Status approve(uint64_t id) {
        const Account owner = require_owner();
        const Pending* const found = pending.find(id);
        require(found != nullptr, "there is no such proposal");
        require(found->call.expires >= block_height(), "it has expired");
        return count(id, owner);
    }
    void revoke(uint64_t id) {
        Pending* const found = pending.find(id);
        require(found != nullptr, "there is no such proposal");
        require(found->approvals.erase(require_owner()), "it is not approved by the sender");
    }
    // Frees the memory of what expired.
    void drop(uint64_t id) {
        const Pending* const found = pending.find(id);
        require(found != nullptr && found->call.expires < block_height(), "it has not expired");
        pending.erase(id);
    }
    Optional<Proposal> proposal(uint64_t id) const {
        const Pending* const found = pending.find(id);
        return found != nullptr ? Optional<Proposal>(found->call) : Optional<Proposal>();
    }

  private:
    Account require_owner() const {
        const Account account = require_sender();
        require(owners.contains(account), "the sender is no owner");
        return account;
    }
    Status count(uint64_t id, const Account& owner) {
        Pending& entry = *pending.find(id);
        require(entry.approvals.insert(owner), "it is approved by the sender already");
        Status status{id, static_cast<uint32_t>(entry.approvals.size()), entry.approvals.size() >= threshold};
        emit("approved", status);
        if (status.executed) {
            // Gone before the call: the callee may call back.
            const Proposal call = move(entry.call);
            pending.erase(id);
            const auto result = call_raw(call.contract, call.function, call.argument);
            require(result.has_value(), "the call failed: ", result ? StringView() : result.error().text.view());
            emit("executed", id);
        }
        return status;
    }
};
DUSK_CONTRACT(Multisig, init, propose, approve, revoke, drop, proposal)
DUSK_EVENT(approved, Status)
DUSK_EVENT(executed, uint64_t)

}  // namespace multisig
