// The prover keys of the transfer circuits for a server: all of them, one after the other in the background.
#pragma once

#include <mutex>
#include <thread>

#include "app/transfer_key_cache.hpp"
#include "base/log.hpp"

namespace dusk::app {

class TransferKeys {
  public:
    enum class State : std::uint8_t { waiting, making, ready, failed };
    struct Progress {
        std::size_t inputs;
        State state;
        std::string detail;  // how long it took, or why it failed
    };

    struct Options {
        std::filesystem::path folder;  // made where it is missing
        ByteArray<32> digest{};        // of the parameters: SHA-256 of their checked format
        bool cosets = true;            // keep values that make proofs faster, 480 bytes per row of the domain
        unsigned threads = 1;
        const TransferKeyCache::Pinned* pinned = nullptr;  // the verifier data of the keys, when they are known
    };
    // Starts at once.
    TransferKeys(const std::shared_ptr<const plonk::PublicParameters>& parameters, const Options& options,
                 Logger logger);
    TransferKeys(const TransferKeys&) = delete;
    TransferKeys& operator=(const TransferKeys&) = delete;
    ~TransferKeys();  // waits for the key being made

    // None while it is not ready.
    [[nodiscard]] std::shared_ptr<const TransferKey> key(std::size_t inputs) const;
    [[nodiscard]] std::vector<Progress> progress() const;

  private:
    void make_all();
    void make(std::size_t inputs, Executor& executor);
    void set(std::size_t inputs, State state, std::string detail, std::shared_ptr<const TransferKey> key = nullptr);

    struct Slot {
        State state = State::waiting;
        std::string detail;
        std::shared_ptr<const TransferKey> key;
    };
    TransferKeyCache cache_;
    bool cosets_;
    unsigned threads_;
    Logger logger_;
    mutable std::mutex mutex_;
    std::array<Slot, phoenix::TransferRequest::kMaxInputs> slots_;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

[[nodiscard]] std::string_view to_string(TransferKeys::State state);

}  // namespace dusk::app
