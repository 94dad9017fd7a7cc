#include <algorithm>

#include "walletcore/transactions.hpp"

namespace dusk::walletcore {
namespace {

// Bytes behind the address of their number.
ByteView sized(In size, In bytes) { return {bytes, load_le<std::uint32_t>(size)}; }

bool any_null(std::initializer_list<In> pointers) {
    return std::ranges::any_of(pointers, [](In pointer) { return pointer == nullptr; });
}

}  // namespace

// A memo where there is one, else a call.
DUSK_EXPORT(create_tx_data)
Status create_tx_data(In name_size, In name, In args_size, In args, In contract, In memo_size, In memo,
                      NewBuffer data) {
    start();
    ledger::TransactionData out = ledger::Memo{};
    if (memo_size != nullptr && memo != nullptr) {
        out = ledger::Memo{to_vector(sized(memo_size, memo))};
    } else {
        if (any_null({name_size, name, args_size, args, contract})) {
            return fail_with(Status::deserialization, "neither a memo nor a call");
        }
        const ByteView text = sized(name_size, name);
        out = ledger::ContractCall{.contract = {take<32>(fixed<32>(contract))},
                                   .fn_name = std::string(text.begin(), text.end()),
                                   .fn_args = to_vector(sized(args_size, args))};
    }
    write_buffer(archive_write(out), data);
    return Status::ok;
}

DUSK_EXPORT(create_deploy_tx_data)
Status create_deploy_tx_data(In code_size, In code, In owner_size, In owner, In init_size, In init, In nonce,
                             NewBuffer data) {
    start();
    if (any_null({code_size, code, owner_size, owner, nonce})) {
        return fail_with(Status::deserialization, "bytecode, owner or nonce is missing");
    }
    std::optional<Bytes> arguments;
    if (init_size != nullptr && init != nullptr) arguments = to_vector(sized(init_size, init));
    const ledger::TransactionData out = ledger::ContractDeploy::of(
        to_vector(sized(code_size, code)), to_vector(sized(owner_size, owner)), std::move(arguments), amount(nonce));
    write_buffer(archive_write(out), data);
    return Status::ok;
}

DUSK_EXPORT(contract_id) Status contract_id(In code_size, In code, In owner_size, In owner, In nonce, Out id) {
    start();
    if (any_null({code_size, code, owner_size, owner, nonce})) {
        return fail_with(Status::deserialization, "bytecode, owner or nonce is missing");
    }
    put(ledger::deployed_contract_id(sized(code_size, code), amount(nonce), sized(owner_size, owner)).bytes, id);
    return Status::ok;
}

}  // namespace dusk::walletcore
