// Fifteen blocks of the official node on the official contracts: gas, results, events and state root after every step,
// and queries in between.
#include "replay.hpp"

#include <limits>

#include "base/hex.hpp"
#include "crypto/bls_signature.hpp"
#include "temporary_machine.hpp"
#include "vector_file.hpp"

namespace dusk::genesis {
namespace {

using nlohmann::json;

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kQueryGas = 3'000'000'000;

template <class Events>
json json_of(const Events& events) {
    json out = json::array();
    for (const auto& event : events) {
        out.push_back({{"source", to_hex(event.source)},
                       {"topic", std::string(event.topic)},
                       {"data", to_hex(event.data)},
                       {"reverted", event.reverted}});
    }
    return out;
}

// (PublicKey, Option<u64>) without the number, which the file leaves out for slashes of nobody; else ().
Bytes argument_of(const json& step) {
    if (!step.contains("account")) return {};
    Bytes out = to_vector(crypto::BlsPublicKey::from_bytes(hex_bytes(step["account"])).value().to_archive());
    out.resize(216);
    return out;
}

class Replay : public TemporaryMachine {
  protected:
    void SetUp() override {
        vectors_ = vector_file("moonlight")["moonlight"];
        ASSERT_EQ(to_hex(ledger::dusk_key().to_bytes()), text(vectors_["dusk_key"]));
        ASSERT_NO_FATAL_FAILURE(build(text(vectors_["genesis_toml"])));
        ASSERT_EQ(to_hex(root_), text(vectors_["genesis_root"]));
    }

    std::unique_ptr<vm::Session> session(std::uint64_t height) const {
        return machine_->session(root_, static_cast<std::uint8_t>(ledger::kGenesisChainId), height).value();
    }

    void expect_call(vm::Session& session, const json& step, const vm::ContractId& contract,
                     const std::string& function) {
        const Bytes argument = step.contains("arg") ? hex_bytes(step["arg"]) : argument_of(step);
        const auto done = session.call(contract, function, argument, kUnlimited);
        if (step.contains("skipped")) {
            ASSERT_FALSE(done);
            EXPECT_EQ(done.error().text, text(step["skipped"]));
            return;
        }
        ASSERT_TRUE(done) << describe(done.error());
        EXPECT_EQ(done->gas_spent, number(step["gas"]));
        if (step.contains("events")) {
            // Those of failed transactions come with the next call; the node drops them.
            EXPECT_EQ(json_of(done->events), step["events"]);
        }
    }

    void expect_transaction(vm::Session& session, const json& step) {
        const bool whole = step.contains("wire_boreas");
        const auto transaction =
            moonlight_envelope(hex_bytes(step[whole ? "wire_boreas" : "wire_boreas_first_1000_bytes"]));
        const Outcome outcome = execute(session, transaction, hex_bytes(step["spend_and_execute_arg"]));
        if (step["outcome"] == "discarded") {
            ASSERT_TRUE(std::holds_alternative<Discarded>(outcome));
            EXPECT_EQ(std::get<Discarded>(outcome).error, text(step["error"]));
            return;
        }
        ASSERT_TRUE(std::holds_alternative<Spent>(outcome)) << std::get<Discarded>(outcome).error;
        const Spent& spent = std::get<Spent>(outcome);
        EXPECT_EQ(spent.gas, number(step["gas_spent"]));
        EXPECT_EQ(json_of(spent.events), step["all_events"]);
        expect_result(spent, step);
        ++transactions_;
    }

    // A failed deployment names a fault of the reference's engine in Rust's own words, which differ.
    static void expect_result(const Spent& spent, const json& step) {
        constexpr std::string_view kDeployment = "Panic: failed deployment: ";
        if (!step.contains("err")) {
            EXPECT_FALSE(spent.error) << *spent.error;
            EXPECT_EQ(to_hex(spent.data), text(step["return"]));
            return;
        }
        ASSERT_TRUE(spent.error);
        const auto expected = text(step["err"]);
        if (expected.starts_with(kDeployment)) {
            EXPECT_TRUE(spent.error->starts_with(kDeployment));
        } else {
            EXPECT_EQ(*spent.error, expected);
        }
    }

    void expect_step(vm::Session& session, const json& step) {
        const auto kind = text(step["step"]);
        if (kind == "tx") {
            expect_transaction(session, step);
        } else {
            const auto& contract = kind == "update_root" ? ledger::kTransferContract : ledger::kStakeContract;
            expect_call(session, step, contract.bytes, kind);
        }
        EXPECT_EQ(to_hex(session.root().value()), text(step["root"]));
    }

    void expect_block(const json& block) {
        const auto running = session(number(block["height"]));
        for (const json& step : block["steps"]) {
            SCOPED_TRACE(text(block["height"]) + ": " + text(step["step"]) + " " + step.value("name", ""));
            expect_step(*running, step);
            ++steps_;
        }
        root_ = running->commit().value();
        ASSERT_EQ(to_hex(root_), text(block["state_root"]));
    }

    void expect_query(std::uint64_t height, const json& query) {
        SCOPED_TRACE(text(query["fn"]));
        const auto running = session(height);
        const vm::ContractId contract{query["contract"].get<std::uint8_t>()};
        const auto function = text(query["fn"]);
        const Bytes argument = hex_bytes(query["arg"]);
        if (query.contains("fed")) {
            json fed = json::array();
            const auto done = running->feeder_call(contract, function, argument, kUnlimited,
                                                   [&](const Bytes& item) { fed.push_back(to_hex(item)); });
            ASSERT_TRUE(done) << describe(done.error());
            EXPECT_EQ(fed, query["fed"]);
            return;
        }
        const auto done = running->call(contract, function, argument, kQueryGas);
        ASSERT_TRUE(done) << describe(done.error());
        EXPECT_EQ(to_hex(done->data), text(query["return"]));
        EXPECT_EQ(done->gas_spent, number(query["gas"]));
    }

    void expect_queries(std::uint64_t height, const std::string& name) {
        SCOPED_TRACE(name);
        for (const json& query : vectors_[name]) expect_query(height, query);
    }

    json vectors_;
    std::size_t steps_ = 0;
    std::size_t transactions_ = 0;
};

TEST_F(Replay, EveryStepIsTheOfficialOne) {
    expect_queries(1, "genesis_queries");
    for (const json& block : vectors_["blocks"]) {
        expect_block(block);
        if (HasFatalFailure()) return;
        if (block["height"] == "3") expect_queries(3, "queries_after_height_3");
        if (block["height"] == "8") expect_queries(8, "queries_after_height_8");
    }
    expect_queries(2162, "queries_end");
    RecordProperty("steps", static_cast<int>(steps_));
    RecordProperty("transactions", static_cast<int>(transactions_));
}

}  // namespace
}  // namespace dusk::genesis
