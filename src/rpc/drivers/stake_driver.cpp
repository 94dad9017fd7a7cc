#include "rpc/drivers/genesis_drivers.hpp"
#include "rpc/drivers/table_driver.hpp"

namespace dusk::rpc {
namespace {

using ledger::ReceiveFromContract;
using ledger::Reward;
using ledger::SlashEvent;
using ledger::Stake;
using ledger::StakeChange;
using ledger::StakeConfig;
using ledger::StakeData;
using ledger::StakeEntry;
using ledger::StakeEvent;
using ledger::StakeKeys;
using ledger::StakeWithdraw;
using ledger::WithdrawToContract;
using Key = ledger::Unchecked<ledger::AccountKey>;

constexpr std::array kFunctions{
    FunctionRow{"stake", "Stake", "()", encode_as<Stake>, decode_as<Stake>, decode_nothing},
    FunctionRow{"unstake", "Withdraw", "()", encode_as<StakeWithdraw>, decode_as<StakeWithdraw>, decode_nothing},
    FunctionRow{"withdraw", "Withdraw", "()", encode_as<StakeWithdraw>, decode_as<StakeWithdraw>, decode_nothing},
    FunctionRow{"stake_from_contract", "ReceiveFromContract", "()", encode_as<ReceiveFromContract>,
                decode_as<ReceiveFromContract>, decode_nothing},
    FunctionRow{"unstake_from_contract", "WithdrawToContract", "()", encode_as<WithdrawToContract>,
                decode_as<WithdrawToContract>, decode_nothing},
    FunctionRow{"withdraw_from_contract", "WithdrawToContract", "()", encode_as<WithdrawToContract>,
                decode_as<WithdrawToContract>, decode_nothing},
    FunctionRow{"get_stake", "BlsPublicKey", "Option<StakeData>", encode_as<Key>, decode_as<Key>,
                decode_as<std::optional<StakeData>>},
    FunctionRow{"get_stake_keys", "BlsPublicKey", "Option<StakeKeys>", encode_as<Key>, decode_as<Key>,
                decode_as<std::optional<StakeKeys>>},
    FunctionRow{"burnt_amount", "()", "u64", encode_nothing, decode_nothing, decode_as<std::uint64_t>},
    FunctionRow{"get_version", "()", "u64", encode_nothing, decode_nothing, decode_as<std::uint64_t>},
    FunctionRow{"get_config", "()", "StakeConfig", encode_nothing, decode_nothing, decode_as<StakeConfig>},
    FunctionRow{"stakes", "()", "(StakeKeys,StakeData)", encode_nothing, decode_nothing, decode_as<StakeEntry>},
    FunctionRow{"prev_state_changes", "()", "(BlsPublicKey,Option<StakeData>)", encode_nothing, decode_nothing,
                decode_as<StakeChange>},
};

constexpr std::array kEvents{
    EventRow{"stake", "StakeEvent", decode_as<StakeEvent>},
    EventRow{"unstake", "StakeEvent", decode_as<StakeEvent>},
    EventRow{"withdraw", "StakeEvent", decode_as<StakeEvent>},
    EventRow{"reward", "Vec<Reward>", decode_as<std::vector<Reward>>},
    EventRow{"slash", "SlashEvent", decode_as<SlashEvent>},
    EventRow{"hard_slash", "SlashEvent", decode_as<SlashEvent>},
};

}  // namespace

DataDriver& stake_driver() {
    static TableDriver driver("StakeContract", kFunctions, kEvents);
    return driver;
}

}  // namespace dusk::rpc
