// `dusk prover`: proves Phoenix transactions for wallets, over HTTP.
#pragma once

#include <filesystem>
#include <string>

#include "app/outcome.hpp"
#include "base/log.hpp"

namespace dusk::app {

struct ProverOptions {
    std::string listen = "127.0.0.1:8081";
    unsigned workers = 1;
    unsigned threads = 0;  // per worker; 0: the cores divided by the workers
    std::size_t queue = 64;
    std::filesystem::path crs;    // empty: the development parameters
    std::filesystem::path cache;  // empty: the user's cache folder
    bool fast = false;            // more memory for keys
    LogForm log_form = LogForm::plain;
    LogFilter log_filter;
};

// Serves until SIGINT or SIGTERM; proofs under way are finished.
[[nodiscard]] CommandResult run_prover(const ProverOptions& options);

}  // namespace dusk::app
