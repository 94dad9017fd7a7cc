#include "rpc/drivers/genesis_drivers.hpp"
#include "rpc/drivers/table_driver.hpp"

namespace dusk::rpc {
namespace {

using ledger::AccountData;
using ledger::AccountEntry;
using ledger::ContractAmount;
using ledger::ContractToAccount;
using ledger::ContractToAccountEvent;
using ledger::ContractToContract;
using ledger::ContractToContractEvent;
using ledger::ConvertEvent;
using ledger::DepositEvent;
using ledger::MoonlightTransactionEvent;
using ledger::PhoenixTransactionEvent;
using ledger::SyncRange;
using ledger::Withdraw;
using ledger::WithdrawEvent;
using Key = ledger::Unchecked<ledger::AccountKey>;
using Scalars = std::vector<crypto::Fq>;

constexpr std::array kFunctions{
    FunctionRow{"convert", "Withdraw", "()", encode_as<Withdraw>, decode_as<Withdraw>, decode_nothing},
    FunctionRow{"deposit", "u64", "()", encode_as<std::uint64_t>, decode_as<std::uint64_t>, decode_nothing},
    FunctionRow{"mint", "Withdraw", "()", encode_as<Withdraw>, decode_as<Withdraw>, decode_nothing},
    FunctionRow{"withdraw", "Withdraw", "()", encode_as<Withdraw>, decode_as<Withdraw>, decode_nothing},
    FunctionRow{"mint_to_contract", "ContractToContract", "()", encode_as<ContractToContract>,
                decode_as<ContractToContract>, decode_nothing},
    FunctionRow{"contract_to_contract", "ContractToContract", "()", encode_as<ContractToContract>,
                decode_as<ContractToContract>, decode_nothing},
    FunctionRow{"contract_to_account", "ContractToAccount", "()", encode_as<ContractToAccount>,
                decode_as<ContractToAccount>, decode_nothing},
    FunctionRow{"root", "()", "BlsScalar", encode_as<NoValue>, decode_nothing, decode_as<crypto::Fq>},
    FunctionRow{"num_notes", "()", "u64", encode_as<NoValue>, decode_nothing, decode_as<std::uint64_t>},
    FunctionRow{"chain_id", "()", "u8", encode_as<NoValue>, decode_nothing, decode_as<std::uint8_t>},
    FunctionRow{"account", "AccountPublicKey", "AccountData", encode_as<Key>, decode_as<Key>, decode_as<AccountData>},
    FunctionRow{"contract_balance", "ContractId", "u64", encode_as<ledger::ContractId>, decode_as<ledger::ContractId>,
                decode_as<std::uint64_t>},
    FunctionRow{"opening", "u64", "unsupported", encode_as<std::uint64_t>, decode_as<std::uint64_t>, nullptr},
    FunctionRow{"existing_nullifiers", "Vec<BlsScalar>", "Vec<BlsScalar>", encode_as<Scalars>, decode_as<Scalars>,
                decode_as<Scalars>},
    FunctionRow{"leaves_from_height", "u64", "unsupported", encode_as<std::uint64_t>, decode_as<std::uint64_t>,
                nullptr},
    FunctionRow{"leaves_from_pos", "u64", "unsupported", encode_as<std::uint64_t>, decode_as<std::uint64_t>, nullptr},
    FunctionRow{"sync", "(u64,u64)", "unsupported", encode_as<SyncRange>, decode_as<SyncRange>, nullptr},
    FunctionRow{"sync_nullifiers", "(u64,u64)", "BlsScalar", encode_as<SyncRange>, decode_as<SyncRange>,
                decode_as<crypto::Fq>},
    FunctionRow{"sync_contract_balances", "(u64,u64)", "(ContractId,u64)", encode_as<SyncRange>, decode_as<SyncRange>,
                decode_as<ContractAmount>},
    FunctionRow{"sync_accounts", "(u64,u64)", "(AccountData,AccountPublicKey)", encode_as<SyncRange>,
                decode_as<SyncRange>, decode_as<AccountEntry>},
};

constexpr std::array kEvents{
    EventRow{"moonlight", "MoonlightTransactionEvent", decode_as<MoonlightTransactionEvent>},
    EventRow{"phoenix", "PhoenixTransactionEvent", decode_as<PhoenixTransactionEvent>},
    EventRow{"contract_to_contract", "ContractToContractEvent", decode_as<ContractToContractEvent>},
    EventRow{"mint_c", "ContractToContractEvent", decode_as<ContractToContractEvent>},
    EventRow{"contract_to_account", "ContractToAccountEvent", decode_as<ContractToAccountEvent>},
    EventRow{"withdraw", "WithdrawEvent", decode_as<WithdrawEvent>},
    EventRow{"mint", "WithdrawEvent", decode_as<WithdrawEvent>},
    EventRow{"deposit", "DepositEvent", decode_as<DepositEvent>},
    EventRow{"convert", "ConvertEvent", decode_as<ConvertEvent>},
};

}  // namespace

DataDriver& transfer_driver() {
    static TableDriver driver("TransferContract", kFunctions, kEvents);
    return driver;
}

DataDriver* genesis_driver(const ledger::ContractId& contract) {
    if (contract == ledger::kTransferContract) return &transfer_driver();
    return contract == ledger::kStakeContract ? &stake_driver() : nullptr;
}

}  // namespace dusk::rpc
