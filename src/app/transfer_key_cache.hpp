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

    // `folder` is made where it is missing; empty: nothing is kept. `pinned` may be null and outlives this.
    TransferKeyCache(std::shared_ptr<const plonk::PublicParameters> parameters, std::filesystem::path folder,
                     const Pinned* pinned);

    struct Loaded {
        TransferKey key;
        bool from_cache = false;              // else made now, in seconds
        std::vector<std::string> warnings{};  // a damaged or unwritable cache
    };
    // For 1 to 4 inputs. `making` is called before a key is made. The error is a sentence: the parameters are too small
    // for the circuit, or the circuit is not that of the pinned data.
    [[nodiscard]] Result<Loaded, std::string> load(std::size_t inputs, Executor& executor,
                                                   const std::function<void()>& making) const;

  private:
    using Warnings = std::vector<std::string>;
    // What its file is called by: the inputs, and what the key is made from.
    struct Name {
        std::size_t inputs;
        plonk::KeyOrigin origin;
    };
    [[nodiscard]] std::filesystem::path file_of(const Name& name) const;
    [[nodiscard]] std::optional<plonk::ProverKey> read(const Name& name, Warnings& warnings) const;
    [[nodiscard]] Result<plonk::ProverKey, std::string> make(std::size_t inputs, Executor& executor) const;
    [[nodiscard]] bool is_pinned(const plonk::ProverKey& key, std::size_t inputs) const;
    void write(const Name& name, const plonk::ProverKey& key, Warnings& warnings) const;

    std::shared_ptr<const plonk::PublicParameters> parameters_;
    std::filesystem::path folder_;
    const Pinned* pinned_;
    ByteArray<32> parameters_digest_;  // BLAKE3 of the raw format
};

}  // namespace dusk::app
