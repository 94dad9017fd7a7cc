#include "app/chain_exec.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <deque>

#include "app/chain_file.hpp"
#include "app/contract_values.hpp"
#include "app/public_files.hpp"
#include "base/hex.hpp"
#include "chain/contract_states.hpp"
#include "chain/header_rules.hpp"
#include "consensus/bls_signatures.hpp"
#include "execution/genesis_state.hpp"
#include "execution/proof_checks.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/genesis_toml.hpp"
#include "ledger/network.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using execution::BlockExecution;
using execution::BlockFailure;
using execution::BlockReceipts;
using Json = nlohmann::ordered_json;

Failure failure(ExitCode exit, std::string code, std::string message) {
    return {.exit = exit, .code = std::move(code), .message = std::move(message)};
}
Failure failure_of(const BlockFailure& error, std::uint64_t height) {
    return failure(is_of_the_block(error.fault) ? ExitCode::bad_input : ExitCode::failure, "block",
                   fmt::format("block {}: {}", height, printable(describe(error))));
}

// The folder of the state, gone at the end unless it was named.
class StateFolder {
  public:
    explicit StateFolder(const fs::path& named) : path_(named), is_temporary_(named.empty()) {
        if (!is_temporary_) return;
        std::string name = (fs::temp_directory_path() / "dusk-chain-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~StateFolder() {
        std::error_code ignored;
        if (is_temporary_ && !path_.empty()) fs::remove_all(path_, ignored);
    }
    StateFolder(const StateFolder&) = delete;
    StateFolder& operator=(const StateFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
    bool is_temporary_;
};

Result<std::string, Failure> genesis_text(const std::string& genesis) {
    if (ledger::network_named(genesis) != nullptr) return std::string(execution::official_localnet_snapshot());
    const auto bytes = read_public_file(genesis);
    if (!bytes) return fail(bytes.error());
    return std::string(bytes->begin(), bytes->end());
}

Result<ledger::StateRoot, Failure> build_genesis(vm::Machine& machine, const ChainExec& command,
                                                 const ledger::Network& network) {
    const auto text = genesis_text(command.genesis);
    if (!text) return fail(text.error());
    const auto genesis = ledger::parse_genesis(*text);
    if (!genesis) {
        return fail(failure(ExitCode::bad_input, "genesis",
                            fmt::format("{}: {}", command.genesis, printable(describe(genesis.error())))));
    }
    auto contracts = execution::genesis_contracts(network);
    if (!command.transfer_contract.empty()) {
        auto bytes = read_public_file(command.transfer_contract);
        if (!bytes) return fail(bytes.error());
        contracts.transfer = *std::move(bytes);
    }
    const auto state = execution::build_genesis_state(machine, contracts, genesis->snapshot);
    if (!state) return fail(failure(ExitCode::bad_input, "genesis", state.error().text));
    return state->root;
}

Json event_json(const execution::EventOrigin& origin, const vm::EventView& event) {
    return {{"origin", origin.transaction ? Json(to_hex(origin.transaction->bytes)) : Json()},
            {"source", to_hex(event.source)},
            {"topic", event.topic},
            {"data", to_hex(event.data)}};
}

class Replay {
  public:
    Replay(const ChainExec& command, const ledger::Network& network, std::shared_ptr<vm::Machine> machine,
           const ledger::StateRoot& root, RandomSource& random, Executor& executor)
        : command_(&command),
          machine_(std::move(machine)),
          root_(root),
          made_{root},
          chain_id_(command.chain_id ? static_cast<ledger::ChainId>(*command.chain_id) : network.chain_id),
          random_(&random),
          executor_(&executor) {
        // A transfer contract of its own has verifier data of its own.
        if (command.transfer_contract.empty()) {
            checks_.emplace(phoenix::TransferVerifiers::of_network(network.name).value());
        }
        text_ = fmt::format("genesis {}\n", to_hex(root.bytes));
        json_["genesis_root"] = to_hex(root.bytes);
        json_["blocks"] = Json::array();
    }

    Result<void, Failure> play(ChainFile& file) {
        while (true) {
            auto block = file.next();
            if (!block) return fail(failure(ExitCode::bad_input, "blocks", printable(block.error())));
            if (!*block) return {};
            auto played = std::visit([&](const auto& one) { return play_one(one); }, **block);
            if (!played) return played;
        }
    }
    Outcome outcome() && { return {.text = std::move(text_), .json = std::move(json_)}; }

  private:
    void prepare(std::span<const ledger::LedgerTransaction> transactions) {
        if (!checks_) return;
        std::vector<const ledger::Transaction*> all;
        for (const auto& transaction : transactions) all.push_back(&transaction.transaction);
        checks_->prepare(all, machine_->queries(), *random_, *executor_);
    }

    Result<void, Failure> play_one(const SentBlock& sent) {
        const std::uint64_t height = sent.block.header.height.value;
        if (height == 0) return begin(sent.block.header);
        const auto voters =
            sent.voters ? Result<std::vector<execution::Voter>, Failure>(*sent.voters) : voters_of(sent.block.header);
        if (!voters) return fail(voters.error());
        prepare(sent.block.transactions);
        const auto frame = execution::frame_of(sent.block, root_, chain_id_, *voters);
        if (!frame) return fail(failure_of(frame.error(), height));
        auto executed = execution::verify_block(*machine_, *frame, sent.block);
        if (!executed) return fail(failure_of(executed.error(), height));
        before_ = previous_ ? std::optional(Before{previous_->seed, previous_->state_root}) : std::nullopt;
        previous_ = sent.block.header;
        return keep(*executed, height, transactions_json(executed->receipts()));
    }

    // Block 0 of an exported chain.
    Result<void, Failure> begin(const ledger::BlockHeader& genesis) {
        if (genesis != ledger::genesis_header(root_, genesis.timestamp)) {
            return fail(failure(ExitCode::bad_input, "other_genesis",
                                "block 0 is not the one of this genesis state: it belongs to another network"));
        }
        previous_ = genesis;
        return {};
    }

    // Who attested the block before, as its committee says.
    Result<std::vector<execution::Voter>, Failure> voters_of(const ledger::BlockHeader& header) {
        const auto refused = [&](std::string_view why) {
            return fail(failure(ExitCode::bad_input, "block", fmt::format("block {}: {}", header.height.value, why)));
        };
        if (!previous_ || header.prev_block_hash != previous_->hash) {
            return refused("its voters are not given, and it does not follow the block before it in the file");
        }
        if (!chain::has_certificate(*previous_)) return std::vector<execution::Voter>{};
        if (!before_) return refused("its voters are not given, and the file does not begin with block 0");
        chain::ContractStates states(machine_, chain_id_, nullptr, *random_, *executor_);
        const auto stakes = states.provisioners(before_->root);
        if (!stakes) return refused(stakes.error().text);
        consensus::RoundCommittees committees(*stakes, before_->seed, previous_->height);
        const ledger::RatificationResult expected{true, ledger::Vote::valid(previous_->hash)};
        auto voters = consensus::verify_attestation(header.prev_block_certificate, consensus_header(*previous_),
                                                    committees, expected, signatures_);
        if (!voters) return refused("the certificate of the block before: " + describe(voters.error()));
        return *std::move(voters);
    }

    Result<void, Failure> play_one(const PlannedBlock& planned) {
        prepare(planned.transactions);
        execution::BlockFrame frame{.context = {root_, chain_id_, planned.height},
                                    .generator = planned.generator,
                                    .penalties = {},
                                    .voters = planned.voters};
        for (const auto& account : planned.slashes) {
            frame.penalties.push_back({account, execution::Penalty::Kind::soft});
        }
        auto execution = execution::begin_block(*machine_, frame);
        if (!execution) return fail(failure_of(execution.error(), planned.height.value));
        Json transactions = Json::array();
        for (const auto& transaction : planned.transactions) {
            const auto tried = try_one(*execution, transaction.transaction, transactions);
            if (!tried) return fail(failure_of(tried.error(), planned.height.value));
        }
        auto executed = execution::end_block(*std::move(execution), frame);
        if (!executed) return fail(failure_of(executed.error(), planned.height.value));
        if (auto same = compare(planned, *executed); !same) return same;
        return keep(*executed, planned.height.value, std::move(transactions));
    }

    // Adds what became of it.
    static execution::BlockResult<void> try_one(BlockExecution& execution, const ledger::Transaction& transaction,
                                                Json& out) {
        const auto outcome = execution.execute(transaction);
        if (!outcome) return fail(outcome.error());
        if (const auto* discarded = std::get_if<execution::Discarded>(&*outcome)) {
            out.push_back({{"id", to_hex(transaction.id().bytes)}, {"discarded", discarded->text}});
            return {};
        }
        if (const auto* refund = std::get_if<execution::RefundFailed>(&*outcome)) {
            return fail(BlockFailure{.fault = execution::BlockFault::discarded,
                                     .refusal = execution::Refusal::refund_failed,
                                     .text = refund->text});
        }
        if (const auto* machine = std::get_if<execution::MachineFailed>(&*outcome)) {
            return fail(BlockFailure{.fault = execution::BlockFault::machine, .text = machine->text});
        }
        out.push_back(receipt_json(execution.receipts().transactions.back()));
        return {};
    }

    static Json receipt_json(const execution::TransactionReceipt& receipt) {
        Json out{{"id", to_hex(receipt.id.bytes)}, {"gas_spent", receipt.gas_spent.value}, {"fee", receipt.fee.value}};
        if (receipt.error) {
            out["error"] = *receipt.error;
        } else {
            out["result"] = to_hex(receipt.data);
        }
        return out;
    }
    static Json transactions_json(const BlockReceipts& receipts) {
        Json out = Json::array();
        for (const auto& receipt : receipts.transactions) out.push_back(receipt_json(receipt));
        return out;
    }

    static Result<void, Failure> compare(const PlannedBlock& planned, const execution::ExecutedBlock& executed) {
        const auto other = [&](execution::BlockFault fault, std::string text) {
            return fail(failure_of(BlockFailure{.fault = fault, .text = std::move(text)}, planned.height.value));
        };
        if (planned.state_root && *planned.state_root != executed.root()) {
            return other(
                execution::BlockFault::state_root,
                fmt::format("expected {}, got {}", to_hex(planned.state_root->bytes), to_hex(executed.root().bytes)));
        }
        if (planned.event_bloom && *planned.event_bloom != executed.receipts().bloom) {
            return other(execution::BlockFault::event_bloom, {});
        }
        return {};
    }

    Result<void, Failure> keep(execution::ExecutedBlock& executed, std::uint64_t height, Json transactions) {
        if (const auto stored = executed.commit(); !stored) return fail(failure_of(stored.error(), height));
        root_ = executed.root();
        forget_before(2);
        const BlockReceipts& receipts = executed.receipts();
        text_ += fmt::format("block {} {} gas {} fees {} DUSK\n", height, to_hex(root_.bytes), receipts.gas_spent.value,
                             ledger::format_dusk(receipts.fees));
        for (const Json& one : transactions) add_line(one);
        Json block{{"height", height},
                   {"state_root", to_hex(root_.bytes)},
                   {"event_bloom", to_hex(receipts.bloom.bytes())},
                   {"gas_spent", receipts.gas_spent.value},
                   {"fees", receipts.fees.value},
                   {"transactions", std::move(transactions)}};
        if (command_->events) {
            block["events"] = Json::array();
            auto event = receipts.events.begin();
            for (const auto& origin : receipts.origins) {
                for (std::size_t i = 0; i < origin.events; ++i, ++event) {
                    block["events"].push_back(event_json(origin, *event));
                }
            }
        }
        json_["blocks"].push_back(std::move(block));
        return {};
    }

    // Of the states that were made so far: the last ones are needed, for the next block and for who attested this one.
    void forget_before(std::size_t kept) {
        if (!command_->state.empty()) return;
        made_.push_back(root_);
        while (made_.size() > kept + 1) {
            const ledger::StateRoot old = made_.front();
            made_.pop_front();
            // Where it cannot be removed it takes room and nothing else.
            if (std::ranges::find(made_, old) == made_.end()) static_cast<void>(machine_->store().remove(old.bytes));
        }
    }

    void add_line(const Json& transaction) {
        const auto text = [&](const char* name) { return printable(transaction[name].get<std::string>()); };
        text_ += "  " + text("id");
        if (transaction.contains("discarded")) {
            text_ += " discarded: " + text("discarded");
        } else {
            text_ += fmt::format(" gas {}", transaction["gas_spent"].get<std::uint64_t>());
            if (transaction.contains("error")) text_ += " failed: " + text("error");
        }
        text_ += '\n';
    }

    const ChainExec* command_;
    std::shared_ptr<vm::Machine> machine_;
    ledger::StateRoot root_;
    std::deque<ledger::StateRoot> made_;
    std::optional<ledger::BlockHeader> previous_{};  // the last block that came as it is sent
    struct Before {
        ledger::Seed seed{};
        ledger::StateRoot root{};
    };
    std::optional<Before> before_{};  // of the block before that
    consensus::BlsSignatures signatures_;
    ledger::ChainId chain_id_;
    RandomSource* random_;
    Executor* executor_;
    std::optional<execution::ProofChecks> checks_;
    std::string text_;
    Json json_;
};

}  // namespace

CommandResult chain_exec(const ChainExec& command, RandomSource& random, Executor& executor) {
    const ledger::Network* network = ledger::network_named(command.network);
    if (network == nullptr) {
        return fail(failure(ExitCode::usage, "unknown_network",
                            fmt::format("there is no network \"{}\"", printable(command.network))));
    }
    auto file = ChainFile::open(command.blocks);
    if (!file) return fail(failure(ExitCode::file, "file_unreadable", printable(file.error())));
    const StateFolder folder(command.state);
    vm::MachineOptions options;
    if (command.state.empty()) options.store.durability = vm::Durability::process;
    const auto machine = vm::Machine::open(folder.path(), options);
    if (!machine) return fail(failure(ExitCode::file, "state", machine.error().text));
    const auto root = build_genesis(**machine, command, *network);
    if (!root) return fail(root.error());
    Replay replay(command, *network, *machine, *root, random, executor);
    if (auto played = replay.play(*file); !played) {
        Failure error = std::move(played).error();
        Outcome so_far = std::move(replay).outcome();
        error.report = std::move(so_far.text);
        error.details = std::move(so_far.json);
        return fail(std::move(error));
    }
    return std::move(replay).outcome();
}

}  // namespace dusk::app
