#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "chain/test_store.hpp"
#include "ledger/block_samples.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/graphql/ledger_queries.hpp"
#include "rpc/graphql/routes.hpp"
#include "rpc/graphql/test_answers.hpp"

namespace dusk::rpc::graphql {
namespace {

using Json = nlohmann::json;

std::string text(const HttpResponse& response) { return {response.body.begin(), response.body.end()}; }

// Five blocks with transactions of all kinds.
class GraphQl : public testing::Test {
  protected:
    GraphQl() {
        ledger::BlockSamples samples(7);
        for (std::uint64_t height = 0; height < 5; ++height) {
            ledger::Block block{.header = samples.header()};
            block.header.height = {height};
            block.header.timestamp = 1000 + height;
            block.header.hash = block.header.content_hash();
            for (int i = 0; i < 3; ++i) {
                block.transactions.push_back(samples.transaction());
                store_.content.spent[block.transactions.back().id()] = {
                    .transaction = block.transactions.back(), .block_height = {height}, .gas_spent = {10}, .error = {}};
            }
            const auto kind = height < 3 ? ledger::Label::Kind::final : ledger::Label::Kind::accepted;
            store_.content.heights[{height}] = {block.header.hash, {kind, 2}};
            store_.content.blocks[block.header.hash] = block;
            blocks_.push_back(block);
        }
    }
    HttpResponse post(std::string_view body) {
        return answer(engine_, resolver(),
                      {.method = "POST", .path = "/graphql", .headers = {}, .body = to_vector(as_bytes(body))});
    }
    Json ask(const std::string& query) {
        const HttpResponse response = post(Json{{"query", query}}.dump());
        EXPECT_EQ(response.status, 200U);
        return Json::parse(text(response));
    }
    Json data(const std::string& query) { return data_of(ask(query)); }
    std::string error(const std::string& query) { return error_of(ask(query)); }
    HttpResponse legacy(std::string_view body, HttpHeaders headers = {}) {
        return answer_legacy(
            engine_, resolver(),
            {.method = "POST", .path = "/", .headers = std::move(headers), .body = to_vector(as_bytes(body))});
    }
    Resolver resolver() {
        const auto queries = std::make_shared<LedgerQueries>(store_, pool_, limits_);
        return [queries](std::string_view field, const Json& arguments, const Json& selection) {
            return queries->resolve(field, arguments, selection);
        };
    }

    chain::TestStore store_;
    mempool::Mempool pool_{{}};
    QueryLimits limits_{};
    std::vector<ledger::Block> blocks_;
    Engine engine_{kLedgerSchema};
};

TEST_F(GraphQl, ABlockByHeightAndByHash) {
    const Json tip =
        data("{ block(height: -1) { header { height hash prevBlockHash version } status reward fees gasSpent } }");
    EXPECT_EQ(tip["block"]["header"]["height"], 4);
    EXPECT_EQ(tip["block"]["header"]["hash"], hex(blocks_[4].header.hash));
    EXPECT_EQ(tip["block"]["header"]["prevBlockHash"], hex(blocks_[4].header.prev_block_hash));
    EXPECT_EQ(tip["block"]["status"], (Json{{"Accepted", 2}}));
    EXPECT_EQ(tip["block"]["gasSpent"], 30);
    std::uint64_t fees = 0;
    for (const auto& one : blocks_[4].transactions) fees += 10 * one.transaction.gas_price().value;
    EXPECT_EQ(tip["block"]["fees"], fees);
    EXPECT_GT(tip["block"]["reward"], 0);
    const Json first =
        data("{ block(hash: \"" + hex(blocks_[1].header.hash) + "\") { header { height json } status } }");
    EXPECT_EQ(first["block"]["header"]["height"], 1);
    EXPECT_EQ(first["block"]["status"], (Json{{"Final", 2}}));
    EXPECT_EQ(Json::parse(first["block"]["header"]["json"].get<std::string>())["height"], 1);
    EXPECT_EQ(data("{ block(height: 2.9) { header { height } } }")["block"]["header"]["height"], 2);
    EXPECT_EQ(data("{ block(height: 99) { header { height } } }")["block"], nullptr);
    EXPECT_EQ(data("{ block(height: 1e300) { header { height } } }")["block"], nullptr);
    EXPECT_EQ(error("{ block { header { height } } }"), "Specify heigth or hash");
    EXPECT_EQ(error("{ block(height: 1, hash: \"00\") { header { height } } }"), "Specify heigth or hash");
    EXPECT_EQ(error("{ block(hash: \"zz\") { header { height } } }"), "Invalid hash");
}

TEST_F(GraphQl, ManyBlocks) {
    const Json last = data("{ blocks(last: 3) { header { height } } }")["blocks"];
    ASSERT_EQ(last.size(), 3U);
    EXPECT_EQ(last[0]["header"]["height"], 4);
    EXPECT_EQ(last[2]["header"]["height"], 2);
    const Json range = data("{ blocks(range: [3, 100]) { header { height } } }")["blocks"];
    ASSERT_EQ(range.size(), 2U);
    EXPECT_EQ(range[0]["header"]["height"], 3);
    EXPECT_EQ(data("{ blocks(last: 200) { header { height } } }")["blocks"].size(), 5U);
    EXPECT_EQ(error("{ blocks { header { height } } }"), "");
    EXPECT_EQ(error("{ blocks(last: 0) { header { height } } }"), "count must be positive");
    EXPECT_EQ(error("{ blocks(last: 201) { header { height } } }"), "count too large (max 200)");
    EXPECT_EQ(error("{ blocks(range: [3, 2]) { header { height } } }"), "Invalid range");
    EXPECT_EQ(error("{ blocks(range: [-1, 2]) { header { height } } }"), "Invalid range");
    EXPECT_EQ(error("{ blocks(range: [1]) { header { height } } }"), "Invalid range");
    EXPECT_EQ(error("{ blocks(range: [0, 200]) { header { height } } }"), "range too large (max 200 blocks)");
}

TEST_F(GraphQl, Transactions) {
    const auto& one = blocks_[3].transactions[1];
    const Json tx =
        data("{ tx(hash: \"" + hex(one.id()) +
             "\") { id err gasSpent blockHash blockHeight blockTimestamp raw "
             "tx { raw json id gasLimit gasPrice txType callData { fnName } blobHashes isDeploy contractId memo } } }")
            ["tx"];
    EXPECT_EQ(tx["id"], hex(one.id()));
    EXPECT_EQ(tx["err"], nullptr);
    EXPECT_EQ(tx["gasSpent"], 10);
    EXPECT_EQ(tx["blockHash"], hex(blocks_[3].header.hash));
    EXPECT_EQ(tx["blockHeight"], 3);
    EXPECT_EQ(tx["tx"]["raw"], to_hex(one.transaction.encode(one.format)));
    EXPECT_EQ(tx["tx"]["gasPrice"], one.transaction.gas_price().value);
    EXPECT_EQ(tx["tx"]["txType"], one.transaction.phoenix() != nullptr ? "Phoenix" : "Moonlight");
    EXPECT_EQ(tx["tx"]["isDeploy"], one.transaction.deploy() != nullptr);
    EXPECT_EQ(data("{ tx(hash: \"" + std::string(64, '0') + "\") { id } }")["tx"], nullptr);
    const Json last = data("{ transactions(last: 4) { id blockHeight } }")["transactions"];
    ASSERT_EQ(last.size(), 4U);
    EXPECT_EQ(last[0]["id"], hex(blocks_[4].transactions[0].id()));
    EXPECT_EQ(last[3]["id"], hex(blocks_[3].transactions[0].id()));
    EXPECT_EQ(data("{ transactions(last: 200) { id } }")["transactions"].size(), 15U);
    EXPECT_EQ(error("{ transactions(last: 0) { id } }"), "count must be positive");
    EXPECT_EQ(error("{ transactions(last: 201) { id } }"), "last too large (max 200)");
}

TEST_F(GraphQl, TransactionsOfBlocksByContract) {
    std::size_t of_transfer = 0;
    for (const auto& block : blocks_) {
        for (const auto& one : block.transactions) {
            const auto* call = one.transaction.call();
            if (call == nullptr || call->contract == ledger::kTransferContract) ++of_transfer;
        }
    }
    EXPECT_EQ(data("{ blockTxs(last: 5) { id } }")["blockTxs"].size(), 15U);
    EXPECT_EQ(data("{ blockTxs(last: 5, contract: \"01" + std::string(62, '0') + "\") { id } }")["blockTxs"].size(),
              of_transfer);
    EXPECT_EQ(error("{ blockTxs(last: 5, contract: \"01\") { id } }"), "Invalid contract id");
}

TEST_F(GraphQl, WhereTheChainIs) {
    EXPECT_EQ(data("{ lastBlockPair { json } }")["lastBlockPair"]["json"],
              (Json{{"last_block", {4, hex(blocks_[4].header.hash)}},
                    {"last_finalized_block", {2, hex(blocks_[2].header.hash)}}}));
    const auto check = [&](int height, const ledger::Block& block) {
        return data("{ checkBlock(height: " + std::to_string(height) + ", hash: \"" + hex(block.header.hash) +
                    "\") }")["checkBlock"];
    };
    EXPECT_EQ(check(3, blocks_[3]), true);
    EXPECT_EQ(check(2, blocks_[3]), false);
    EXPECT_EQ(check(-1, blocks_[3]), false);
    EXPECT_EQ(data("{ mempoolTxs { id } }")["mempoolTxs"].size(), 0U);
    EXPECT_EQ(data("{ mempoolTx(hash: \"" + std::string(64, '1') + "\") { id } }")["mempoolTx"], nullptr);
}

TEST_F(GraphQl, FieldsOfTheArchiveAreUnknown) {
    EXPECT_EQ(error("{ nextPhoenix(height: 1) }"), "Unknown field \"nextPhoenix\" on type \"Query\".");
}

TEST_F(GraphQl, ARequestThatAsksForTooMuch) {
    limits_.blocks = 9;
    EXPECT_EQ(data("{ a: blocks(last: 5) { header { hash } } b: blocks(last: 4) { header { hash } } }").size(), 2U);
    EXPECT_TRUE(error("{ a: blocks(last: 5) { header { hash } } b: blocks(last: 5) { header { hash } } }")
                    .starts_with("too many blocks"));
    limits_ = {};
    engine_ = Engine(kLedgerSchema, {.answer = 2000});
    EXPECT_TRUE(error("{ blocks(last: 5) { header { json } } }").starts_with("the answer is too large"));
    engine_ = Engine(kLedgerSchema);
    std::string many = "{";
    for (int i = 0; i < 40'000; ++i) many += "a ";
    EXPECT_EQ(post(Json{{"query", many + "}"}}.dump()).status, 200U);
}

TEST_F(GraphQl, FiveHundredTransactionsAtOnce) {
    std::string query = "{";
    for (int i = 0; i < 500; ++i) {
        query += " t" + std::to_string(i) + ": tx(hash: \"" + hex(blocks_[2].transactions[0].id()) +
                 "\") { id err gasSpent tx { id json } }";
    }
    EXPECT_EQ(data(query + "}").size(), 500U);
}

TEST_F(GraphQl, OverHttp) {
    EXPECT_EQ(text(post("{")).substr(0, 58), R"({"data":null,"errors":[{"message":"Invalid request: EOF wh)");
    EXPECT_EQ(post("{").status, 400U);
    EXPECT_EQ(post(std::string(kMostBody + 1, '0')).status, 413U);
    EXPECT_EQ(text(post(R"([{"query": "{ lastBlockPair { __typename } }"}, {"query": "{ nope }"}])")).substr(0, 60),
              R"([{"data":{"lastBlockPair":{"__typename":"BlockPair"}}},{"dat)");
    const auto get = [&](std::string query) {
        return answer(engine_, resolver(),
                      {.method = "GET", .path = "/graphql", .query = std::move(query), .headers = {}, .body = {}});
    };
    EXPECT_EQ(text(get("query=%7B+block%28height%3A+1%29+%7B+header+%7B+height+%7D+%7D+%7D")),
              R"({"data":{"block":{"header":{"height":1}}}})");
    EXPECT_EQ(text(get("query=query+Q($h:Float){block(height:$h){header{height}}}&variables=%7B%22h%22:3%7D")),
              R"({"data":{"block":{"header":{"height":3}}}})");
    for (const char* bad : {"", "q=1", "query=%zz", "query=a&variables=%7B"}) EXPECT_EQ(get(bad).status, 400U) << bad;
    EXPECT_EQ(text(get("")),
              R"({"data":null,"errors":[{"message":"GraphQL GET requests require a query parameter"}]})");
}

TEST_F(GraphQl, TheOlderForm) {
    EXPECT_EQ(text(legacy("query { block(height:1){ header { height version } } }")).substr(0, 30),
              R"({"block":{"header":{"height":1)");
    EXPECT_EQ(
        text(legacy("query { nope }")),
        R"({"data":null,"errors":[{"locations":[{"column":9,"line":1}],"message":"Unknown field \"nope\" on type \"Query\"."}]})");
    EXPECT_TRUE(text(legacy(" \n")).starts_with("type Block {\n\theader: Header!\n"));
    EXPECT_EQ(text(legacy("query Q($h: Float) { block(height: $h) { header { height } } }", {{"Rusk-gqlvar-h", "2"}})),
              R"({"block":{"header":{"height":2}}})");
    EXPECT_EQ(
        text(legacy("query Q($h: String!) { tx(hash: $h) { id } }", {{"rusk-gqlvar-h", "ab"}})),
        R"({"data":null,"errors":[{"locations":[{"column":24,"line":1}],"message":"Invalid hash","path":["tx"]}]})");
    EXPECT_EQ(legacy("\xff").status, 422U);
}

}  // namespace
}  // namespace dusk::rpc::graphql
