#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "ledger/hex_name.hpp"
#include "rpc/jsonrpc/backend.hpp"
#include "rpc/jsonrpc/spent_value.hpp"
#include "rpc/jsonrpc/values.hpp"
#include "rpc/label_name.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

namespace asio = boost::asio;

constexpr std::uint64_t kMostBlocks = 100;

Json block_json(const ledger::Block& block, const FoundBlock& found, Json transactions) {
    return {{"header", header_value(block.header)},
            {"state", label_name(found.state)},
            {"transactions", std::move(transactions)},
            {"faults", block.faults.size()}};
}

Json ids_of(const ledger::Block& block) {
    Json out = Json::array();
    for (const auto& one : block.transactions) out.push_back(hex(one.id()));
    return out;
}

Answer<Json> block_of(chain::BlockStore& blocks, const FoundBlock& found, bool with_transactions) {
    const auto block = blocks.block(found.hash);
    if (!block) return fail(internal_error());
    if (!*block) return fail(not_found("the content of this block is not kept any more"));
    if (!with_transactions) return block_json(**block, found, ids_of(**block));
    Json transactions = Json::array();
    for (const auto& one : (*block)->transactions) {
        const auto spent = blocks.transaction(one.id());
        if (!spent) return fail(internal_error());
        if (*spent) transactions.push_back(spent_value(**spent, found));
    }
    return block_json(**block, found, std::move(transactions));
}

asio::awaitable<Answer<Json>> list(const Backend& backend, const Params& params) {
    chain::BlockStore& blocks = backend.parts.blocks;
    auto at = find_block(blocks, params.has("from") ? params.value("from") : RequestJson("latest"));
    if (!at) co_return fail(at.error());
    const std::uint64_t count = params.number("count", 20);
    Json out = Json::array();
    std::optional<std::uint64_t> next = at->height.value;
    while (next && out.size() < count) {
        const auto found = find_block(blocks, *next);
        // The oldest that are kept.
        if (!found) break;
        auto block = block_of(blocks, *found, false);
        if (!block) break;
        out.push_back(*std::move(block));
        next = *next == 0 ? std::nullopt : std::optional(*next - 1);
        co_await asio::post(backend.parts.loop, asio::use_awaitable);
    }
    const bool has_more = next && find_block(blocks, *next);
    co_return Json{{"blocks", std::move(out)}, {"next", has_more ? Json(*next) : Json(nullptr)}};
}

}  // namespace

void add_block_methods(MethodTable& table, const Backend& backend) {
    using namespace schema;
    table.add({.name = "blocks.get",
               .meaning = "A block of the chain with its state and transactions.",
               .params = {{"block", ref("BlockName"), true, "which one"},
                          {"transactions", one_of_names({"ids", "full"}), false,
                           "their ids (this without it), or what became of them as well"}},
               .result = ref("Block"),
               .errors = {ErrorCode::not_found},
               .handler = at_once([backend](const Params& params) -> Answer<Json> {
                   const auto found = find_block(backend.parts.blocks, params.value("block"));
                   if (!found) return fail(found.error());
                   return block_of(backend.parts.blocks, *found, params.text("transactions") == "full");
               })});
    table.add({.name = "blocks.list",
               .meaning = "Blocks from one down, the newest first.",
               .params = {{"from", ref("Height"), false, "the highest; the last block without it"},
                          {"count", integer(1, kMostBlocks), false, "how many at most; 20 without it"}},
               .result = object({{"blocks", list_of(ref("Block"))},
                                 {"next", described(or_null(ref("Height")), "where to go on; null at the end")}}),
               .errors = {ErrorCode::not_found},
               .handler = [backend](Call call) -> asio::awaitable<Answer<Json>> {
                   co_return co_await list(backend, call.params);
               }});
}

}  // namespace dusk::rpc::jsonrpc
