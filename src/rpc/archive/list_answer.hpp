// A list as an answer: a part of it in JSON, or all of it as a file that is made while it is sent.
#pragma once

#include "rpc/archive/list_query.hpp"
#include "rpc/archive/list_text.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc {

struct ListedPart {
    std::vector<OrderedJson> items{};
    std::optional<std::string> next{};  // cursor; nothing at the end
};
// A part from behind the cursor. The error is the answer.
using ReadPart = std::function<boost::asio::awaitable<Result<ListedPart, HttpResponse>>(
    std::optional<std::string> cursor, std::size_t most)>;

// `name`: of the file, without its ending. `complete_from`: the block from which on the list lacks nothing.
[[nodiscard]] boost::asio::awaitable<HttpResponse> list_answer(ListQuery query, std::string name, ReadPart read,
                                                               std::optional<ledger::Height> complete_from);

}  // namespace dusk::rpc
