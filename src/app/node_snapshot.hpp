// `dusk node snapshot`: the state of a stopped node at its last final block as one file, and nodes that begin with it.
//
// The file is what chain/snapshot.hpp says, then the state in the form of vm/store/state_export.hpp.
#pragma once

#include "app/node_settings.hpp"
#include "base/executor.hpp"

namespace dusk::app {

struct SnapshotExport {
    NodeOptions node{};  // whose folder
    std::filesystem::path file{};
    Overwrite overwrite = Overwrite::refuse;
};
// Errors: file_*, in_use, storage, nothing_final (the chain has only its first block), and those of the state store.
[[nodiscard]] CommandResult export_snapshot(const SnapshotExport& command, Executor& executor);

struct SnapshotImport {
    NodeOptions node{};  // whose folder is made: it is not there, or empty
    std::filesystem::path file{};
    std::string trusted_block{};  // hash in hex; empty: whoever made the file is trusted
};
// Everything is checked before the folder gets its name: checksums, hashes, the state's root, the attestation of its
// block by the stakes of that state, network and genesis. A failure leaves no folder. Memory: the headers of an epoch,
// and the index of the state. Errors: file_*, bad_snapshot, other_network, other_genesis, not_trusted.
[[nodiscard]] CommandResult import_snapshot(const SnapshotImport& command, Executor& executor);

// What the first part of a file says; the state is not read.
[[nodiscard]] CommandResult snapshot_info(const std::filesystem::path& file);

}  // namespace dusk::app
