// Stands in for the transfer contract where a VM without it runs the samples: hands calls on. Not for deployment.
#include <dusk/contract.hpp>

using namespace dusk::contract;

struct Forward {
    // Panics with the callee's words, or with "failed".
    Vector<uint8_t> forward(const ContractId& id, const String& function, const Vector<uint8_t>& argument) {
        auto result = call_raw(id, function, argument);
        if (!result) {
            const String& text = result.error().text;
            panic(text.empty() ? StringView("failed") : text.view());
        }
        return move(*result);
    }
};
DUSK_CONTRACT(Forward, forward)
