// The prover keys of the transfer circuits: read from a cache on the disk, made where they are missing, stale or
// damaged, one after the other in the background.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/executor.hpp"
#include "base/log.hpp"
#include "phoenix/transfer_prover.hpp"
#include "plonk/stored_key.hpp"
#include "plonk/verifier.hpp"

namespace dusk::app {

// Can prove with as many inputs as the key is for, and check what it made.
struct TransferKey {
    plonk::Prover prover;
    plonk::Verifier verifier;
};

class TransferKeys {
  public:
    enum class State : std::uint8_t { waiting, making, ready, failed };
    struct Progress {
        std::size_t inputs;
        State state;
        std::string detail;  // how long it took, or why it failed
    };

    using Pinned = std::array<Bytes, phoenix::TransferRequest::kMaxInputs>;
    struct Options {
        std::filesystem::path folder;  // made where it is missing
        bool cosets = true;            // keep values that make proofs faster, 480 bytes per row of the domain
        unsigned threads = 1;
        const Pinned* pinned = nullptr;  // the verifier data that the keys must have, when they are known
    };
    // Starts at once.
    TransferKeys(std::shared_ptr<const plonk::PublicParameters> parameters, Options options, Logger logger);
    TransferKeys(const TransferKeys&) = delete;
    TransferKeys& operator=(const TransferKeys&) = delete;
    ~TransferKeys();  // waits for the key being made

    // None while it is not ready.
    [[nodiscard]] std::shared_ptr<const TransferKey> key(std::size_t inputs) const;
    [[nodiscard]] std::vector<Progress> progress() const;

  private:
    void make_all();
    void make(std::size_t inputs, Executor& executor);
    // What its file is called by: the inputs, and what the key is made from.
    struct Name {
        std::size_t inputs;
        plonk::KeyOrigin origin;
    };
    [[nodiscard]] std::filesystem::path file_of(const Name& name) const;
    [[nodiscard]] std::optional<plonk::ProverKey> read(const Name& name) const;
    [[nodiscard]] bool is_pinned(const plonk::ProverKey& key, std::size_t inputs) const;
    void write(const Name& name, const plonk::ProverKey& key) const;
    void set(std::size_t inputs, State state, std::string detail, std::shared_ptr<const TransferKey> key = nullptr);

    struct Slot {
        State state = State::waiting;
        std::string detail;
        std::shared_ptr<const TransferKey> key;
    };
    std::shared_ptr<const plonk::PublicParameters> parameters_;
    Options options_;
    Logger logger_;
    ByteArray<32> parameters_digest_;  // BLAKE3 of the raw format
    mutable std::mutex mutex_;
    std::array<Slot, phoenix::TransferRequest::kMaxInputs> slots_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

[[nodiscard]] std::string_view to_string(TransferKeys::State state);

}  // namespace dusk::app
