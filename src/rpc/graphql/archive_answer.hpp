// Answers requests that ask the ledger, on the loop, and the archive, on its thread.
//
// A request is executed to see what it asks of the archive; where it asks for something, that is fetched, and the
// request is executed again with what came. So one that asks the ledger only is answered at once, and nothing waits on
// the loop.
#pragma once

#include "rpc/archive_reader.hpp"
#include "rpc/graphql/archive_queries.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc::graphql {

inline constexpr std::size_t kMostArchiveFields = 50;  // of one request

// Executes the request with this resolver.
using Execute = std::function<HttpResponse(const Resolver& resolver)>;
// A new one for each execution.
using MakeResolver = std::function<Resolver()>;

// What is passed by reference outlives the answer.
[[nodiscard]] boost::asio::awaitable<HttpResponse> answer_with_archive(Execute execute, MakeResolver ledger,
                                                                       ArchiveReader& archive, ReadEvent read);

}  // namespace dusk::rpc::graphql
