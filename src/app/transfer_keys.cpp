#include "app/transfer_keys.hpp"

#include <fmt/core.h>

#include <chrono>

#include "app/public_files.hpp"
#include "base/hex.hpp"
#include "crypto/blake3.hpp"
#include "node/thread_pool.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "plonk/stored_key.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

std::string short_digest(const ByteArray<32>& digest) { return to_hex(ByteView(digest).first(8)); }

// Of the rows of this release's circuit, so that a key of an earlier one is not taken for it.
plonk::KeyOrigin origin_of(std::size_t inputs, const ByteArray<32>& parameters) {
    plonk::Composer composer(plonk::Composer::Mode::keys, phoenix::transfer_rows(inputs));
    phoenix::transfer_circuit(composer, phoenix::TransferRequest::blank(inputs));
    const auto table = std::move(composer).finish();
    if (!table) throw std::logic_error("the transfer circuit has no rows");
    return plonk::key_origin(as_bytes(phoenix::kTransferLabel), *table, parameters);
}

}  // namespace

std::string_view to_string(TransferKeys::State state) {
    switch (state) {
        case TransferKeys::State::waiting:
            return "waiting";
        case TransferKeys::State::making:
            return "making";
        case TransferKeys::State::ready:
            return "ready";
        case TransferKeys::State::failed:
            return "failed";
    }
    return "";
}

TransferKeys::TransferKeys(std::shared_ptr<const plonk::PublicParameters> parameters, Options options, Logger logger)
    : parameters_(std::move(parameters)),
      options_(std::move(options)),
      logger_(std::move(logger)),
      parameters_digest_(crypto::blake3(parameters_->to_raw_bytes())) {
    thread_ = std::thread([this] { make_all(); });
}

TransferKeys::~TransferKeys() {
    stopping_ = true;
    thread_.join();
}

std::shared_ptr<const TransferKey> TransferKeys::key(std::size_t inputs) const {
    if (inputs == 0 || inputs > slots_.size()) return nullptr;
    const std::scoped_lock lock(mutex_);
    return slots_[inputs - 1].key;
}

std::vector<TransferKeys::Progress> TransferKeys::progress() const {
    const std::scoped_lock lock(mutex_);
    std::vector<Progress> out;
    for (std::size_t i = 0; i < slots_.size(); ++i)
        out.push_back({.inputs = i + 1, .state = slots_[i].state, .detail = slots_[i].detail});
    return out;
}

void TransferKeys::set(std::size_t inputs, State state, std::string detail, std::shared_ptr<const TransferKey> key) {
    const std::scoped_lock lock(mutex_);
    slots_[inputs - 1] = {.state = state, .detail = std::move(detail), .key = std::move(key)};
}

void TransferKeys::make_all() {
    std::error_code ignored;  // writing says what is wrong
    fs::create_directories(options_.folder, ignored);
    node::ThreadPool pool(options_.threads);
    for (std::size_t inputs = 1; inputs <= slots_.size() && !stopping_; ++inputs) {
        try {
            make(inputs, pool);
        } catch (const std::exception& exception) {  // no memory, most likely: the other circuits may do with less
            logger_.error("a prover key cannot be made",
                          {{"inputs", inputs}, {"reason", std::string_view(exception.what())}});
            set(inputs, State::failed, exception.what());
        }
    }
}

void TransferKeys::make(std::size_t inputs, Executor& executor) {
    const auto start = std::chrono::steady_clock::now();
    set(inputs, State::making, "");
    const Name name{.inputs = inputs, .origin = origin_of(inputs, parameters_digest_)};
    std::optional<plonk::ProverKey> key = read(name);
    const bool cached = key.has_value();
    if (!cached) {
        logger_.info("making a prover key", {{"inputs", inputs}});
        auto made = phoenix::make_transfer_key(inputs, *parameters_, executor);
        if (!made) {
            logger_.error("a prover key cannot be made", {{"inputs", inputs}, {"reason", to_string(made.error())}});
            set(inputs, State::failed, std::string(to_string(made.error())));
            return;
        }
        if (!is_pinned(*made, inputs)) {
            logger_.error("the circuit of this release is not that of its network", {{"inputs", inputs}});
            set(inputs, State::failed, "the circuit of this release is not that of its network");
            return;
        }
        key = std::move(*made);
        write(name, *key);
    }
    plonk::Verifier verifier(key->verifier_data(parameters_->opening_key()));
    plonk::Prover prover(std::make_shared<const plonk::ProverKey>(std::move(*key)));
    if (options_.cosets) prover.cache_cosets(executor);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    logger_.info("a prover key is ready", {{"inputs", inputs}, {"seconds", seconds}, {"from_cache", cached}});
    set(inputs, State::ready, fmt::format("{} in {:.1f} s", cached ? "read" : "made", seconds),
        std::make_shared<const TransferKey>(TransferKey{.prover = std::move(prover), .verifier = std::move(verifier)}));
}

fs::path TransferKeys::file_of(const Name& name) const {
    return options_.folder / fmt::format("transfer-{}-{}-{}.key", name.inputs, short_digest(name.origin),
                                         short_digest(parameters_digest_));
}

std::optional<plonk::ProverKey> TransferKeys::read(const Name& name) const {
    const fs::path file = file_of(name);
    std::error_code error;
    if (!fs::exists(file, error)) return std::nullopt;
    const auto bytes = read_public_file(file);
    if (!bytes) {
        logger_.warn("a cached prover key cannot be read; it is made again", {{"reason", bytes.error().message}});
        return std::nullopt;
    }
    auto key = plonk::read_stored_key(*bytes, name.origin, *parameters_);
    if (key && is_pinned(*key, name.inputs)) return std::move(*key);
    const std::string_view reason = key ? "It is not the key of this network." : to_string(key.error());
    logger_.warn("a cached prover key is no good; it is made again", {{"file", file.string()}, {"reason", reason}});
    return std::nullopt;
}

bool TransferKeys::is_pinned(const plonk::ProverKey& key, std::size_t inputs) const {
    return options_.pinned == nullptr ||
           key.verifier_data(parameters_->opening_key()).to_bytes() == (*options_.pinned)[inputs - 1];
}

void TransferKeys::write(const Name& name, const plonk::ProverKey& key) const {
    // Keys of other releases for the same number of inputs and the same parameters are of no more use.
    std::error_code error;
    const std::string begin = fmt::format("transfer-{}-", name.inputs);
    const std::string end = short_digest(parameters_digest_) + ".key";
    for (const auto& entry : fs::directory_iterator(options_.folder, error)) {
        const std::string file = entry.path().filename().string();
        if (file.starts_with(begin) && file.ends_with(end)) fs::remove(entry.path(), error);
    }
    const auto written = write_public_file(file_of(name), plonk::write_stored_key(key, name.origin), Overwrite::allow);
    if (!written) logger_.warn("a prover key is not cached", {{"reason", written.error().message}});
}

}  // namespace dusk::app
