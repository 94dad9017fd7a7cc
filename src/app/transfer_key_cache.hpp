// The prover keys of the transfer circuits on the disk: read where they are good, made and kept where they are missing,
// stale or damaged.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/executor.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/stored_key.hpp"
#include "plonk/verifier.hpp"

namespace dusk::app {

// Can prove with as many inputs as the key is for, and check what it made.
struct TransferKey {
    plonk::Prover prover;
    plonk::Verifier verifier;
};

class TransferKeyCache {
  public:
    // The verifier data that keys of a network must have.
    using Pinned = std::array<Bytes, phoenix::TransferRequest::kMaxInputs>;

    // What keys are made from.
    struct Source {
        ByteArray<32> digest;  // of the public parameters: SHA-256 of their checked format
        // The parameters themselves. With pinned data they are asked for only where a key has to be made.
        std::function<std::shared_ptr<const plonk::PublicParameters>()> parameters;
        const Pinned* pinned = nullptr;  // outlives the cache
    };
    // `folder` is made where it is missing; empty: nothing is kept.
    TransferKeyCache(Source source, std::filesystem::path folder);

    struct Loaded {
        TransferKey key;
        bool from_cache = false;              // else made now, in seconds
        std::vector<std::string> warnings{};  // a damaged or unwritable cache
    };
    // For 1 to 4 inputs. `making` is called before a key is made. The error is a sentence: the parameters are too small
    // for the circuit, or the circuit is not that of the pinned data.
    [[nodiscard]] Result<Loaded, std::string> load(std::size_t inputs, Executor& executor,
                                                   const std::function<void()>& making) const;
    // The same where it is on the disk and good; else none.
    [[nodiscard]] std::optional<TransferKey> find(std::size_t inputs, Executor& executor) const;

  private:
    using Warnings = std::vector<std::string>;
    // What the key is made from, which stands in its file.
    [[nodiscard]] plonk::KeyOrigin origin_of(std::size_t inputs) const;
    [[nodiscard]] std::filesystem::path file_of(std::size_t inputs) const;
    [[nodiscard]] std::optional<plonk::ProverKey> read(std::size_t inputs, const plonk::KeyOrigin& origin,
                                                       Executor& executor, Warnings& warnings) const;
    [[nodiscard]] Result<plonk::ProverKey, std::string> make(std::size_t inputs, Executor& executor) const;
    [[nodiscard]] bool is_pinned(const plonk::ProverKey& key, std::size_t inputs) const;
    [[nodiscard]] TransferKey complete(plonk::ProverKey key, std::size_t inputs, Executor& executor) const;
    void write(std::size_t inputs, const plonk::KeyOrigin& origin, const plonk::ProverKey& key,
               Warnings& warnings) const;

    Source source_;
    std::filesystem::path folder_;
};

}  // namespace dusk::app
