// The notes that a key can spend, asked of a node that runs.
#pragma once

#include "app/outcome.hpp"
#include "base/executor.hpp"
#include "client/http_client.hpp"
#include "wallet/notes_file.hpp"

namespace dusk::app {

// Those that are worth something and not spent, with their openings, all of one root: asked again when a block came
// between the questions. Every note of the chain is fetched, 736 bytes each, and looked at, about 10 us each. What the
// node says is not believed further than a transaction needs: wrong openings make none that the network takes.
// Errors: no_answer.
[[nodiscard]] Result<wallet::NotesFile, Failure> ask_for_notes(client::HttpClient& node, const phoenix::SecretKey& key,
                                                               Executor& executor);

}  // namespace dusk::app
