// @NAME@: a number that its owner may set.
#include <dusk/contract.hpp>

using namespace dusk::contract;

struct Contract {
    Account owner;
    uint64_t value = 0;

    // Called once, at deployment. Its parameters are the argument of the deployment.
    void init(const Account& first_owner) { owner = first_owner; }

    uint64_t read() const { return value; }
    void set(uint64_t next) {
        require(require_sender() == owner, "only the owner sets the value");
        value = next;
        emit("set", value);
    }
};
DUSK_CONTRACT(Contract, init, read, set)
DUSK_EVENT(set, uint64_t)
