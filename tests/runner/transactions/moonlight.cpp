// moonlight.json: blocks of transactions that accounts pay, from a genesis file on.
#include "base/archive.hpp"
#include "execution/genesis_state.hpp"
#include "ledger/genesis_toml.hpp"
#include "transactions/chain_script.hpp"
#include "transactions/transaction_case.hpp"

namespace dusk::vectors {
namespace {

ledger::StateRoot genesis_root(vm::Machine& machine, std::string_view toml, const Node& node) {
    const auto genesis = ledger::parse_genesis(toml);
    if (!genesis) node.complain(describe(genesis.error()));
    const auto contracts = execution::genesis_contracts(ledger::rusk_network());
    const auto state = execution::build_genesis_state(machine, contracts, genesis->snapshot);
    if (!state) node.complain(state.error().text);
    return state->root;
}

void compare_localnet(const Node& expected, Report& report) {
    const TemporaryMachine machine;
    report.expect_bytes(genesis_root(*machine, execution::official_localnet_snapshot(), expected).bytes, expected);
}

// The scripts' contract, deployed twice by the first account.
void compare_probe(const Node& script, Report& report) {
    const Bytes bytecode = script["probe_wasm"].hex();
    const Bytes owner = script["keys"]["bls"].items().at(0)["pk"].hex();
    report.expect_bytes(ledger::deployed_contract_id(bytecode, 0, owner).bytes, script["probe_contract"]);
    report.expect_bytes(ledger::deployed_contract_id(bytecode, 1, owner).bytes, script["probe_contract_2"]);
}

void compare_single_key(const Node& script, Report& report) {
    const auto key = ledger::AccountKey::from_bytes(script["keys"]["bls"].items().at(0)["pk"].hex());
    report.expect_bytes(archive_write(ledger::StakeKeys::single(key.value())), script["single_key_example"]);
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    const Node script = root["moonlight"];
    ChainScript chain(report);
    check_keys(script["keys"], report);
    report.run(script, [&] {
        report.expect(script["chain_id"].u64() == static_cast<std::uint8_t>(ledger::kGenesisChainId),
                      script["chain_id"], "is another chain");
        report.expect_bytes(ledger::dusk_key().to_bytes(), script["dusk_key"]);
        compare_probe(script, report);
        compare_single_key(script, report);
        compare_localnet(script["localnet_genesis_root"], report);
        chain.start_at(genesis_root(chain.machine(), script["genesis_toml"].text(), script), script["genesis_root"]);
    });
    chain.ask(1, script["genesis_queries"]);
    std::uint64_t height = 0;
    for (const Node& block : script["blocks"].items()) {
        chain.play_block(block);
        height = block["height"].u64();
        const std::string queries = "queries_after_height_" + std::to_string(height);
        if (script.has(queries)) chain.ask(height, script[queries]);
    }
    chain.ask(height, script["queries_end"]);
}

const Registered registered{{"transactions", "moonlight", {"moonlight", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
