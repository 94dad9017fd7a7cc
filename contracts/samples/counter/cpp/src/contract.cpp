// A number that everybody may raise.
#include <dusk/contract.hpp>

using namespace dusk::contract;

struct Counter {
    uint64_t value = 0;

    void init(uint64_t start) { value = start; }
    uint64_t read() const { return value; }
    uint64_t increment() { return add(1); }
    uint64_t add(uint64_t amount) {
        value = checked_add(value, amount);
        emit("counted", value);
        return value;
    }
};
DUSK_CONTRACT(Counter, init, read, increment, add)
DUSK_EVENT(counted, uint64_t)
