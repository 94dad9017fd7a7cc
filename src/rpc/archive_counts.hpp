// What a node with an archive has counted (spec/interfaces.md §3):
//
//     POST /on/stats/account_count    {"public_accounts": n}
//     POST /on/stats/tx_count         {"public": n, "shielded": n, "total": n}, of final blocks
#pragma once

#include "rpc/archive_reader.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc {

enum class ArchiveCount : std::uint8_t { accounts, transactions };

// 501 where `archive` is null: the node has none.
[[nodiscard]] boost::asio::awaitable<HttpResponse> answer_count(ArchiveReader* archive, ArchiveCount count);

}  // namespace dusk::rpc
