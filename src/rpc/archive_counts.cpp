#include "rpc/archive_counts.hpp"

#include <nlohmann/json.hpp>

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;

chronicle::Outcome<void> count_accounts(chronicle::Queries& queries, Json& out) {
    const auto accounts = queries.accounts();
    if (!accounts) return fail(accounts.error());
    out = {{"public_accounts", *accounts}};
    return {};
}

chronicle::Outcome<void> count_transactions(chronicle::Queries& queries, Json& out) {
    const auto counts = queries.transactions();
    if (!counts) return fail(counts.error());
    out = {{"public", counts->public_ones},
           {"shielded", counts->shielded_ones},
           {"total", counts->public_ones + counts->shielded_ones}};
    return {};
}

}  // namespace

boost::asio::awaitable<HttpResponse> answer_count(ArchiveReader* archive, ArchiveCount count) {
    if (archive == nullptr) co_return HttpResponse::error(501, "Unsupported operation");
    const auto out = std::make_shared<Json>();
    const auto asked = co_await archive->ask([out, count](chronicle::Queries& queries) {
        return count == ArchiveCount::accounts ? count_accounts(queries, *out) : count_transactions(queries, *out);
    });
    if (!asked) co_return HttpResponse::error(500, "Internal server error");
    co_return HttpResponse::json(200, out->dump());
}

}  // namespace dusk::rpc
