// What the routes of lists have in common: parts behind a cursor, and answers to what is wrong.
#pragma once

#include <limits>

#include "base/base58.hpp"
#include "rpc/archive/list_answer.hpp"
#include "rpc/route_table.hpp"

namespace dusk::rpc {

using PartResult = Result<ListedPart, HttpResponse>;

[[nodiscard]] inline HttpResponse json_body(const OrderedJson& body) {
    return HttpResponse::json(200, body.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
}
[[nodiscard]] inline HttpResponse bad_request(std::string_view text) { return HttpResponse::error(400, text); }

[[nodiscard]] inline std::optional<chronicle::AccountBytes> account_in(const RouteRequest& request) {
    const auto bytes = from_base58(request.parameters.at(0), sizeof(chronicle::AccountBytes));
    if (!bytes || bytes->size() != sizeof(chronicle::AccountBytes)) return {};
    return take<sizeof(chronicle::AccountBytes)>(*bytes);
}

// One more than is wanted was asked for: whether there is a next part.
template <class Item, class Cursor>
[[nodiscard]] std::optional<std::string> cut(std::vector<Item>& items, std::size_t most, Cursor&& cursor) {
    if (items.size() <= most) return {};
    items.resize(most);
    return cursor(items.back());
}

// The part behind a cursor that is a number.
[[nodiscard]] inline std::optional<chronicle::ListPart> part_of(const ListQuery& query,
                                                                const std::optional<std::string>& cursor,
                                                                std::size_t most) {
    chronicle::ListPart out = query.part;
    out.most = most + 1;
    if (!cursor) return out;
    const auto number = parse_number(*cursor);
    if (!number || *number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return {};
    out.after = static_cast<std::int64_t>(*number);
    return out;
}

}  // namespace dusk::rpc
