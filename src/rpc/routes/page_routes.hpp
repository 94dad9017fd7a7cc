// The web page: GET /ui and all below it. "/" leads there. Paths of the page itself ("/ui/block/7") answer its
// index.html; what is below /ui/assets/ is named by its content and never changes.
//
// A page may load nothing but itself, and ask nobody but this node and the origins that the operator names: the header
// Content-Security-Policy says so to browsers.
#pragma once

#include "rpc/page_files.hpp"
#include "rpc/route_table.hpp"

namespace dusk::rpc {

// `origins`: "https://other-node.example", which the page may ask too. `files` outlives the table.
void add_page_routes(RouteTable& table, const PageFiles& files, const std::vector<std::string>& origins);

// Whether a header Accept-Encoding takes a coding ("br"): named without "q=0", in any letters.
[[nodiscard]] bool takes_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace dusk::rpc
