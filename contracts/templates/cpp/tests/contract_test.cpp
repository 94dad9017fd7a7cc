// Unit tests before a mock host, compiled natively:
//
//   clang++-19 -std=c++23 -I sdk/include tests/contract_test.cpp -o contract_test && ./contract_test
#include "../src/contract.cpp"

#include <cstdio>

#include "dusk/contract/testing.hpp"

namespace {

int failures = 0;
void check(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "failed: %s\n", what);
    ++failures;
}

}  // namespace

int main() {
    PublicKey alice;
    alice.bytes[0] = 1;
    PublicKey bob;
    bob.bytes[0] = 2;

    mock::Chain chain;
    const ContractId id = chain.deploy<Contract>({}, Account(alice));

    chain.set_sender(bob);
    check(!chain.call<void>(id, "set", uint64_t{5}), "a stranger does not set the value");
    chain.set_sender(alice);
    check(chain.call<void>(id, "set", uint64_t{5}).has_value(), "the owner sets the value");
    check(*chain.query<uint64_t>(id, "read") == 5, "the value is what was set");
    check(chain.events().size() == 1 && chain.events()[0].topic == "set", "an event tells of it");

    if (failures == 0) std::puts("all tests pass");
    return failures == 0 ? 0 : 1;
}
