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

}  // namespace

TransferKeyCache::TransferKeyCache(Source source, fs::path folder)
    : source_(std::move(source)), folder_(std::move(folder)) {}

// Of the rows of this release's circuit, so that a key of an earlier one is not taken for it. Verifier data follow from
// rows and parameters, and commit to all columns: where they are known nothing is run.
plonk::KeyOrigin TransferKeyCache::origin_of(std::size_t inputs) const {
    if (source_.pinned != nullptr) return crypto::blake3((*source_.pinned)[inputs - 1]);
    const auto table =
        phoenix::run_transfer_circuit(plonk::Composer::Mode::keys, phoenix::TransferRequest::blank(inputs));
    if (!table) throw std::logic_error("the transfer circuit has no rows");
    return plonk::key_origin(as_bytes(phoenix::kTransferLabel), *table, source_.digest);
}

Result<TransferKeyCache::Loaded, std::string> TransferKeyCache::load(std::size_t inputs, Executor& executor,
                                                                     const std::function<void()>& making) const {
    const plonk::KeyOrigin origin = origin_of(inputs);
    Warnings warnings;
    std::optional<plonk::ProverKey> key = read(inputs, origin, executor, warnings);
    const bool from_cache = key.has_value();
    if (!from_cache) {
        making();
        auto made = make(inputs, executor);
        if (!made) return fail(made.error());
        key = *std::move(made);
        write(inputs, origin, *key, warnings);
    }
    return Loaded{
        .key = complete(*std::move(key), inputs, executor), .from_cache = from_cache, .warnings = std::move(warnings)};
}

std::optional<TransferKey> TransferKeyCache::find(std::size_t inputs, Executor& executor) const {
    Warnings ignored;
    auto key = read(inputs, origin_of(inputs), executor, ignored);
    if (!key) return std::nullopt;
    return complete(*std::move(key), inputs, executor);
}

TransferKey TransferKeyCache::complete(plonk::ProverKey key, std::size_t inputs, Executor& executor) const {
    plonk::Verifier verifier(source_.pinned != nullptr
                                 ? plonk::VerifierData::from_bytes((*source_.pinned)[inputs - 1]).value()
                                 : key.verifier_data(source_.parameters()->opening_key()));
    return {.prover = plonk::Prover(std::make_shared<const plonk::ProverKey>(std::move(key)), executor),
            .verifier = std::move(verifier)};
}

Result<plonk::ProverKey, std::string> TransferKeyCache::make(std::size_t inputs, Executor& executor) const {
    auto made = phoenix::make_transfer_key(inputs, *source_.parameters(), executor);
    if (!made) return fail(std::string(to_string(made.error())));
    if (!is_pinned(*made, inputs)) return fail(std::string("the circuit of this release is not that of its network"));
    return *std::move(made);
}

fs::path TransferKeyCache::file_of(std::size_t inputs) const {
    return folder_ / fmt::format("transfer-{}-{}.key", inputs, short_digest(source_.digest));
}

std::optional<plonk::ProverKey> TransferKeyCache::read(std::size_t inputs, const plonk::KeyOrigin& origin,
                                                       Executor& executor, Warnings& warnings) const {
    if (folder_.empty()) return std::nullopt;
    const fs::path file = file_of(inputs);
    std::error_code error;
    if (!fs::exists(file, error)) return std::nullopt;
    const auto bytes = read_public_file(file);
    if (!bytes) {
        warnings.push_back(
            fmt::format("a cached prover key cannot be read; it is made again: {}", bytes.error().message));
        return std::nullopt;
    }
    auto key = plonk::read_stored_key(*bytes, origin, executor);
    if (key && !key->powers.empty() && is_pinned(*key, inputs)) return *std::move(key);
    const std::string_view reason = key ? "It is not the key of this network." : to_string(key.error());
    warnings.push_back(fmt::format("a cached prover key is no good; it is made again: {}: {}", file.string(), reason));
    return std::nullopt;
}

bool TransferKeyCache::is_pinned(const plonk::ProverKey& key, std::size_t inputs) const {
    if (source_.pinned == nullptr) return true;
    const auto pinned = plonk::VerifierData::from_bytes((*source_.pinned)[inputs - 1]);
    return pinned && key.verifier_data(pinned->opening_key) == *pinned;
}

void TransferKeyCache::write(std::size_t inputs, const plonk::KeyOrigin& origin, const plonk::ProverKey& key,
                             Warnings& warnings) const {
    if (folder_.empty()) return;
    std::error_code error;
    fs::create_directories(folder_, error);  // writing says what is wrong
    const auto written = write_public_file(file_of(inputs), plonk::write_stored_key(key, origin), Overwrite::allow);
    if (!written) warnings.push_back(fmt::format("a prover key is not cached: {}", written.error().message));
}

}  // namespace dusk::app
