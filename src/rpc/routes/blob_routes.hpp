// Blobs of blocks (spec/interfaces.md §3):
//
//     POST /on/blobs:HASH/hash               commitment, proof and data, one after the other; JSON for a client of JSON
//     POST /on/blobs:COMMITMENT/commitment   the same
#pragma once

#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

void add_blob_routes(RouteTable& table, BlobFinder find);

}  // namespace dusk::rpc
