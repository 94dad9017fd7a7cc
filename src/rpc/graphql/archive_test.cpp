#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <filesystem>

#include "base/base64.hpp"
#include "base/hex.hpp"
#include "chronicle/test_histories.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/graphql/archive_answer.hpp"
#include "rpc/graphql/ledger_queries.hpp"
#include "rpc/graphql/routes.hpp"
#include "rpc/graphql/test_answers.hpp"

namespace dusk::rpc::graphql {
namespace {

using chronicle::RandomChain;
using Json = nlohmann::json;

// A chain with an archive, asked as clients ask.
class ArchiveTest : public testing::Test {
  protected:
    ArchiveTest() {
        while (chain_.last_final < 30 || chain_.blocks.size() < 35) chain_.change();
        auto database = chronicle::open_sqlite(file_, chronicle::Access::write);
        if (database) follow_to_tip(chain_, **database);
    }
    ~ArchiveTest() override {
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_ + end);
    }

    Json ask(const std::string& query) {
        const HttpRequest request{.method = "POST",
                                  .path = "/graphql",
                                  .headers = {},
                                  .body = to_vector(as_bytes(Json{{"query", query}}.dump()))};
        Json out;
        boost::asio::co_spawn(
            loop_,
            [&]() -> boost::asio::awaitable<void> {
                const HttpResponse response = co_await answer_with_archive(
                    [&](const Resolver& resolver) { return answer(engine_, resolver, request); },
                    [&] { return ledger(); }, reader_,
                    [](const ledger::ContractId& contract, std::string_view topic, ByteView) -> std::optional<Json> {
                        if (contract != ledger::kTransferContract) return {};
                        return Json{{"read", topic}};
                    });
                EXPECT_EQ(response.status, 200U);
                out = Json::parse(response.body);
            },
            boost::asio::detached);
        while (out.is_null()) loop_.run_one();
        return out;
    }
    Json data(const std::string& query) { return data_of(ask(query)); }
    std::string error(const std::string& query) { return error_of(ask(query)); }
    Resolver ledger() {
        const auto queries =
            std::make_shared<LedgerQueries>(chain_.store, pool_, QueryLimits{.blocks = 40, .has_archive = true});
        return [queries](std::string_view field, const Json& arguments, const Json& selection) {
            return queries->resolve(field, arguments, selection);
        };
    }
    static std::string account(std::size_t i) { return RandomChain::accounts()[i].to_base58(); }
    // Final transactions for which this holds, as they are told.
    template <class Condition>
    std::vector<std::string> origins(Condition&& condition) const {
        std::vector<std::string> out;
        for (const chronicle::MadeBlock& block : chain_.blocks) {
            if (block.header.height.value > chain_.last_final) break;
            std::set<std::string> of_block;
            for (const chronicle::MadeTransaction& one : block.transactions) {
                if (one.id && condition(one)) of_block.insert(hex(*one.id));
            }
            out.insert(out.end(), of_block.begin(), of_block.end());
        }
        return out;
    }
    static std::vector<std::string> told(const Json& transactions) {
        std::vector<std::string> out;
        for (const Json& one : transactions) out.push_back(one["origin"]);
        return out;
    }

    std::string file_ =
        (std::filesystem::temp_directory_path() / ("dusk-archive-" + std::to_string(::getpid()))).string();
    RandomChain chain_{31};
    mempool::Mempool pool_{{}};
    Engine engine_{archive_schema()};
    boost::asio::io_context loop_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop_.get_executor()};
    ArchiveReader reader_{file_, loop_};
};

TEST_F(ArchiveTest, TheSchemaHasTheFieldsOfTheReleasedNode) {
    const std::string sdl = engine_.sdl();
    for (const char* line :
         {"\tfullMoonlightHistory(address: String!, ord: String, fromBlock: Int, toBlock: Int): MoonlightTransfers\n",
          "\tmoonlightHistory(sender: String, receiver: String, fromBlock: Int, toBlock: Int, maxCount: Int, "
          "pageCount: "
          "Int): MoonlightTransfers\n",
          "\ttransactionsByMemo(memo: String!): MoonlightTransfers\n",
          "\tcontractEvents(height: Int, hash: String): ContractEvents\n",
          "\tfinalizedEvents(contractId: String!, limit: Int, cursor: String): ContractEvents\n\tcheckBlock(height: "
          "Int!, hash: String!, onlyFinalized: Boolean): Boolean!\n\tnextPhoenix(height: Int!): Int\n}\n"}) {
        EXPECT_NE(sdl.find(line), std::string::npos) << line;
    }
}

TEST_F(ArchiveTest, HistoryOfAnAccount) {
    const auto key = RandomChain::accounts()[1].to_bytes();
    auto expected = origins([&](const auto& one) { return one.paid.contains(key) || one.was_paid.contains(key); });
    ASSERT_GT(expected.size(), 3U);
    const std::string field = "fullMoonlightHistory(address: \"" + account(1) + "\"";
    const Json up = data("{ " + field + ") { json } }")["fullMoonlightHistory"]["json"];
    EXPECT_EQ(told(up), expected);
    EXPECT_EQ(up[0]["events"].back()["target"], hex(ledger::kTransferContract));
    EXPECT_EQ(up[0]["events"].back()["data"], (Json{{"read", up[0]["events"].back()["topic"]}}));
    std::ranges::reverse(expected);
    EXPECT_EQ(told(data("{ " + field + ", ord: \"desc\") { json } }")["fullMoonlightHistory"]["json"]), expected);
    EXPECT_EQ(data("{ " + field + ", fromBlock: 1000000) { json } }")["fullMoonlightHistory"], nullptr);
    EXPECT_EQ(error("{ fullMoonlightHistory(address: \"abc\") { json } }"), "Invalid public key length");
    EXPECT_EQ(error("{ " + field + ", toBlock: -1) { json } }"), "toBlock must not be negative");
}

TEST_F(ArchiveTest, TransfersByPages) {
    const auto sender = RandomChain::accounts()[0].to_bytes();
    const auto receiver = RandomChain::accounts()[2].to_bytes();
    const std::string both = "sender: \"" + account(0) + "\", receiver: \"" + account(2) + "\"";
    const auto ask_for = [&](const std::string& arguments) {
        return data("{ moonlightHistory(" + arguments + ") { json } }")["moonlightHistory"];
    };
    const auto paid = origins([&](const auto& one) { return one.paid.contains(sender); });
    const std::string from = "sender: \"" + account(0) + "\"";
    EXPECT_EQ(told(ask_for(from)["json"]), paid);
    ASSERT_GT(paid.size(), 3U);
    EXPECT_EQ(told(ask_for(from + ", maxCount: 2, pageCount: 2")["json"]),
              std::vector<std::string>(paid.begin() + 2, paid.begin() + 4));
    EXPECT_EQ(told(ask_for(from + ", maxCount: 2, pageCount: 0")["json"]),
              std::vector<std::string>(paid.begin(), paid.begin() + 2));
    EXPECT_EQ(ask_for(from + ", maxCount: 9223372036854775807, pageCount: 9223372036854775807"), nullptr);
    const auto expected =
        origins([&](const auto& one) { return one.paid.contains(sender) && one.was_paid.contains(receiver); });
    const Json found = ask_for(both);
    EXPECT_EQ(told(found.is_null() ? Json::array() : found["json"]), expected);
    EXPECT_EQ(error("{ moonlightHistory { json } }"), "Specify sender or receiver");
    EXPECT_EQ(error("{ moonlightHistory(" + from + ", maxCount: 0) { json } }"), "MaxCount must be greater than 0");
}

TEST_F(ArchiveTest, ByMemo) {
    const auto expected = origins([](const auto& one) { return one.memo == Bytes{'m', 'm'}; });
    ASSERT_FALSE(expected.empty());
    EXPECT_EQ(told(data("{ transactionsByMemo(memo: \"mm\") { json } }")["transactionsByMemo"]["json"]), expected);
    EXPECT_EQ(data("{ transactionsByMemo(memo: \"none\") { json } }")["transactionsByMemo"], nullptr);
}

TEST_F(ArchiveTest, EventsOfABlock) {
    const auto& block = *std::ranges::find_if(chain_.blocks, [](const auto& one) { return !one.transactions.empty(); });
    std::size_t count = 0;
    for (const auto& one : block.transactions) count += one.events.size();
    const Json by_hash =
        data("{ contractEvents(hash: \"" + hex(block.header.hash) + "\") { json } }")["contractEvents"]["json"];
    EXPECT_EQ(by_hash.size(), count);
    const Json by_height = data("{ contractEvents(height: " + std::to_string(block.header.height.value) +
                                ") { json } }")["contractEvents"]["json"];
    EXPECT_EQ(by_height, by_hash);
    EXPECT_TRUE(data("{ contractEvents(height: -1) { json } }")["contractEvents"]["json"].is_array());
    EXPECT_EQ(data("{ contractEvents(height: 99999) { json } }")["contractEvents"], nullptr);
    EXPECT_EQ(error("{ contractEvents { json } }"), "Specify height or hash");
    EXPECT_EQ(error("{ contractEvents(height: 1, hash: \"00\") { json } }"), "Specify height or hash");
    EXPECT_EQ(error("{ contractEvents(hash: \"zz\") { json } }"), "Invalid hash");
}

TEST_F(ArchiveTest, FinalEventsPageByPage) {
    std::size_t expected = 0;
    for (const auto& block : chain_.blocks) {
        if (block.header.height.value > chain_.last_final) break;
        for (const auto& one : block.transactions) {
            expected += static_cast<std::size_t>(std::ranges::count(
                one.events, ledger::kStakeContract.bytes, [](const vm::Event& event) { return event.source; }));
        }
    }
    ASSERT_GT(expected, 5U);
    const std::string contract = "contractId: \"" + hex(ledger::kStakeContract) + "\"";
    std::vector<std::int64_t> ids;
    std::string cursor;
    while (true) {
        const Json page =
            data("{ finalizedEvents(" + contract + ", limit: 2" + cursor + ") { json } }")["finalizedEvents"]["json"];
        for (const Json& event : page["events"]) {
            ids.push_back(event["id"]);
            EXPECT_EQ(event["source"], hex(ledger::kStakeContract));
            EXPECT_EQ(event["block_hash"], hex(chain_.blocks[event["block_height"].get<std::size_t>()].header.hash));
        }
        if (!page["hasNextPage"]) break;
        EXPECT_EQ(page["endCursor"], to_base64(as_bytes("v1:" + std::to_string(ids.back()))));
        cursor = ", cursor: \"" + page["endCursor"].get<std::string>() + "\"";
    }
    EXPECT_EQ(ids.size(), expected);
    EXPECT_TRUE(std::ranges::is_sorted(ids));
    const Json none =
        data("{ finalizedEvents(contractId: \"" + std::string(64, '9') + "\") { json } }")["finalizedEvents"]["json"];
    EXPECT_EQ(
        none,
        (Json{{"endCursor", nullptr}, {"events", Json::array()}, {"hasNextPage", false}, {"startCursor", nullptr}}));
    EXPECT_EQ(error("{ finalizedEvents(contractId: \"77\") { json } }"), "Invalid contract_id");
    for (const char* bad : {"", "v1:1", "djE6", "djE6LTE=", "djI6MQ=="}) {
        EXPECT_EQ(error("{ finalizedEvents(" + contract + ", cursor: \"" + bad + "\") { json } }"), "Invalid cursor")
            << bad;
    }
}

TEST_F(ArchiveTest, BlocksThatAreFinal) {
    const auto check = [&](std::uint64_t height, const char* more) {
        return data("{ checkBlock(height: " + std::to_string(height) + ", hash: \"" +
                    hex(chain_.blocks[height].header.hash) + "\"" + more + ") }")["checkBlock"];
    };
    EXPECT_EQ(check(chain_.last_final, ", onlyFinalized: true"), true);
    EXPECT_EQ(check(chain_.last_final + 1, ""), true);
    EXPECT_EQ(check(chain_.last_final + 1, ", onlyFinalized: true"), false);
    const auto shielded = [](const chronicle::MadeTransaction& one) {
        return std::ranges::any_of(one.events, [](const vm::Event& event) { return event.topic == "phoenix"; });
    };
    const auto first = std::ranges::find_if(
        chain_.blocks, [&](const auto& block) { return std::ranges::any_of(block.transactions, shielded); });
    const std::uint64_t height = first->header.height.value;
    EXPECT_EQ(data("{ nextPhoenix(height: 0) }")["nextPhoenix"], height);
    EXPECT_EQ(data("{ nextPhoenix(height: -5) }")["nextPhoenix"], height);
    EXPECT_NE(data("{ nextPhoenix(height: " + std::to_string(height) + ") }")["nextPhoenix"], height);
    EXPECT_EQ(data("{ nextPhoenix(height: 9999999) }")["nextPhoenix"], nullptr);
}

// What belongs to the ledger and to the archive comes together, each once, within the limits of both.
TEST_F(ArchiveTest, ARequestThatAsksBoth) {
    const Json both =
        data("{ blocks(last: 25) { header { height } } a: nextPhoenix(height: 0) b: nextPhoenix(height: 0) }");
    EXPECT_EQ(both["blocks"].size(), 25U);
    EXPECT_EQ(both["a"], both["b"]);
    std::string many = "{";
    for (int i = 0; i < 51; ++i) many += " f" + std::to_string(i) + ": nextPhoenix(height: " + std::to_string(i) + ")";
    EXPECT_EQ(error(many + "}"), "too many questions to the archive: ask for less at once");
}

TEST_F(ArchiveTest, ADatabaseThatIsNotThere) {
    ArchiveReader missing("/nowhere/archive.sqlite3", loop_);
    Result<void, std::string> answer;
    bool done = false;
    boost::asio::co_spawn(
        loop_,
        [&]() -> boost::asio::awaitable<void> {
            answer = co_await missing.ask([](chronicle::Queries&) { return chronicle::Outcome<void>(); });
            done = true;
        },
        boost::asio::detached);
    while (!done) loop_.run_one();
    EXPECT_EQ(answer.error(), "the archive is not ready: try again later");
}

}  // namespace
}  // namespace dusk::rpc::graphql
