// What a node says of itself and its network (spec/interfaces.md §3):
//
//     POST /on/node/info              version, network, limits and features of the VM
//     POST /on/node/provisioners      all stakes, in the order of the stake contract
//     POST /on/node/crs               the public parameters of the proofs, with their SHA-256; 500 without a file
//     POST /on/network/peers          body: how many; addresses of peers that are alive
//     POST /on/network/peers_location where they are: nothing, since nobody else is asked
//     POST /on/blocks/gas-price       body: how many, or nothing; prices in the mempool
//     POST /on/stats/…                what the archive has counted (archive_counts.hpp); 501 without one
#pragma once

#include "rpc/archive_reader.hpp"
#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

// The bytes of the file; nothing where there is none. Called on a thread for questions.
using FileReader = std::function<std::optional<Bytes>()>;

// `archive` outlives the table; null: the node has none.
void add_node_routes(RouteTable& table, const NodeParts& parts, FileReader public_parameters, ArchiveReader* archive);

}  // namespace dusk::rpc
