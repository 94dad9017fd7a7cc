#include "app/transfer_key_cache.hpp"

#include <fmt/core.h>

#include "app/public_files.hpp"
#include "base/hex.hpp"
#include "crypto/blake3.hpp"
#include "phoenix/transfer_circuit.hpp"

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

TransferKeyCache::TransferKeyCache(std::shared_ptr<const plonk::PublicParameters> parameters, fs::path folder,
                                   const Pinned* pinned)
    : parameters_(std::move(parameters)),
      folder_(std::move(folder)),
      pinned_(pinned),
      parameters_digest_(crypto::blake3(parameters_->to_raw_bytes())) {}

Result<TransferKeyCache::Loaded, std::string> TransferKeyCache::load(std::size_t inputs, Executor& executor,
                                                                     const std::function<void()>& making) const {
    const Name name{.inputs = inputs, .origin = origin_of(inputs, parameters_digest_)};
    Warnings warnings;
    std::optional<plonk::ProverKey> key = read(name, warnings);
    const bool from_cache = key.has_value();
    if (!from_cache) {
        making();
        auto made = make(inputs, executor);
        if (!made) return fail(made.error());
        key = *std::move(made);
        write(name, *key, warnings);
    }
    plonk::Verifier verifier(key->verifier_data(parameters_->opening_key()));
    plonk::Prover prover(std::make_shared<const plonk::ProverKey>(std::move(*key)));
    return Loaded{.key = {.prover = std::move(prover), .verifier = std::move(verifier)},
                  .from_cache = from_cache,
                  .warnings = std::move(warnings)};
}

Result<plonk::ProverKey, std::string> TransferKeyCache::make(std::size_t inputs, Executor& executor) const {
    auto made = phoenix::make_transfer_key(inputs, *parameters_, executor);
    if (!made) return fail(std::string(to_string(made.error())));
    if (!is_pinned(*made, inputs)) return fail(std::string("the circuit of this release is not that of its network"));
    return *std::move(made);
}

fs::path TransferKeyCache::file_of(const Name& name) const {
    return folder_ / fmt::format("transfer-{}-{}-{}.key", name.inputs, short_digest(name.origin),
                                 short_digest(parameters_digest_));
}

std::optional<plonk::ProverKey> TransferKeyCache::read(const Name& name, Warnings& warnings) const {
    if (folder_.empty()) return std::nullopt;
    const fs::path file = file_of(name);
    std::error_code error;
    if (!fs::exists(file, error)) return std::nullopt;
    const auto bytes = read_public_file(file);
    if (!bytes) {
        warnings.push_back(
            fmt::format("a cached prover key cannot be read; it is made again: {}", bytes.error().message));
        return std::nullopt;
    }
    auto key = plonk::read_stored_key(*bytes, name.origin, *parameters_);
    if (key && is_pinned(*key, name.inputs)) return std::move(*key);
    const std::string_view reason = key ? "It is not the key of this network." : to_string(key.error());
    warnings.push_back(fmt::format("a cached prover key is no good; it is made again: {}: {}", file.string(), reason));
    return std::nullopt;
}

bool TransferKeyCache::is_pinned(const plonk::ProverKey& key, std::size_t inputs) const {
    return pinned_ == nullptr || key.verifier_data(parameters_->opening_key()).to_bytes() == (*pinned_)[inputs - 1];
}

void TransferKeyCache::write(const Name& name, const plonk::ProverKey& key, Warnings& warnings) const {
    if (folder_.empty()) return;
    std::error_code error;
    fs::create_directories(folder_, error);  // writing says what is wrong
    // Keys of other releases for the same number of inputs and the same parameters are of no more use.
    const std::string begin = fmt::format("transfer-{}-", name.inputs);
    const std::string end = short_digest(parameters_digest_) + ".key";
    for (const auto& entry : fs::directory_iterator(folder_, error)) {
        const std::string file = entry.path().filename().string();
        if (file.starts_with(begin) && file.ends_with(end)) fs::remove(entry.path(), error);
    }
    const auto written = write_public_file(file_of(name), plonk::write_stored_key(key, name.origin), Overwrite::allow);
    if (!written) warnings.push_back(fmt::format("a prover key is not cached: {}", written.error().message));
}

}  // namespace dusk::app
