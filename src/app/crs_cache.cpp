#include "app/crs_cache.hpp"

#include <fmt/core.h>

#include "app/crs_files.hpp"
#include "app/public_files.hpp"
#include "base/hex.hpp"
#include "crypto/sha2.hpp"
#include "plonk/development.hpp"
#include "plonk/parameters_pin.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using plonk::PublicParameters;

// A checked file in the cache: this, the SHA-256 of all that follows, that of the checked format, and the raw format.
constexpr std::string_view kMagic = "dusk-crs-checked";
constexpr std::size_t kHeader = kMagic.size() + 32 + 32;

struct CacheEntry {
    fs::path path;
    std::vector<std::string>* warnings;

    void warn(std::string_view what) const { warnings->push_back(fmt::format("{}: {}", path.string(), what)); }

    // None where there is no file; with a warning where it cannot be read.
    [[nodiscard]] std::optional<Bytes> read() const {
        if (path.empty()) return std::nullopt;
        auto content = read_public_file(path);
        if (content) return std::move(*content);
        if (content.error().code != "file_missing") warnings->push_back(content.error().message);
        return std::nullopt;
    }
    // A cache that cannot be written costs time only.
    void write(ByteView content) const {
        if (path.empty()) return;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error) {
            warn(fmt::format("the folder cannot be made, so this is done every time: {}", error.message()));
            return;
        }
        if (const auto written = write_public_file(path, content, Overwrite::allow); !written) {
            warnings->push_back(written.error().message);
        }
    }
};

fs::path entry_path(const std::optional<fs::path>& folder, const std::string& name) {
    return folder ? *folder / "crs" / (name + ".raw") : fs::path();
}

std::optional<PublicParameters> read_development(const CacheEntry& entry, Executor& executor) {
    const auto content = entry.read();
    if (!content) return std::nullopt;
    if (crypto::sha256(*content) == plonk::development_raw_digest()) {
        if (auto parameters = PublicParameters::from_trusted_raw_bytes(*content, executor))
            return std::move(*parameters);
    }
    entry.warn("the cached development parameters are damaged; they are made again");
    return std::nullopt;
}

struct Checked {
    PublicParameters parameters;
    ByteArray<32> digest;
};

std::optional<Checked> read_checked(const CacheEntry& entry, Executor& executor) {
    const auto content = entry.read();
    if (!content) return std::nullopt;
    const ByteView bytes(*content);
    if (bytes.size() > kHeader && equal(bytes.first(kMagic.size()), as_bytes(kMagic)) &&
        equal(crypto::sha256(bytes.subspan(kMagic.size() + 32)), bytes.subspan(kMagic.size(), 32))) {
        if (auto parameters = PublicParameters::from_trusted_raw_bytes(bytes.subspan(kHeader), executor)) {
            return Checked{.parameters = std::move(*parameters), .digest = take<32>(bytes.subspan(kHeader - 32))};
        }
    }
    entry.warn("the cached parameters are damaged; the file is checked again");
    return std::nullopt;
}

void write_checked(const CacheEntry& entry, const PublicParameters& parameters, const ByteArray<32>& digest) {
    if (entry.path.empty()) return;
    Bytes tail = to_vector(digest);
    append(tail, parameters.to_raw_bytes());
    Bytes content = to_vector(as_bytes(kMagic));
    append(content, crypto::sha256(tail));
    append(content, tail);
    entry.write(content);
}

}  // namespace

LoadedParameters load_development_parameters(const std::optional<fs::path>& folder, Executor& executor) {
    std::vector<std::string> warnings;
    const CacheEntry entry{.path = entry_path(folder, "development"), .warnings = &warnings};
    if (auto cached = read_development(entry, executor)) {
        return {.parameters = std::move(*cached), .digest = plonk::development_digest(), .from_cache = true};
    }
    PublicParameters parameters = plonk::development_parameters(executor);
    entry.write(parameters.to_raw_bytes());
    return {.parameters = std::move(parameters),
            .digest = plonk::development_digest(),
            .from_cache = false,
            .warnings = std::move(warnings)};
}

Result<LoadedParameters, Failure> load_parameters(const fs::path& path, const std::optional<fs::path>& folder,
                                                  RandomSource& random, Executor& executor) {
    const auto content = read_public_file(path);
    if (!content) return fail(content.error());
    std::vector<std::string> warnings;
    const CacheEntry entry{.path = entry_path(folder, to_hex(crypto::sha256(*content))), .warnings = &warnings};
    if (auto cached = read_checked(entry, executor)) {
        return LoadedParameters{
            .parameters = std::move(cached->parameters), .digest = cached->digest, .from_cache = true};
    }
    auto file = decode_crs(*content, path, executor);
    if (!file) return fail(file.error());
    if (const auto good = verify_crs(*file, path, random, executor); !good) return fail(good.error());
    const ByteArray<32> digest = file->digest();
    auto parameters = parameters_of(std::move(*file), path);
    if (!parameters) return fail(parameters.error());
    write_checked(entry, *parameters, digest);
    return LoadedParameters{
        .parameters = std::move(*parameters), .digest = digest, .from_cache = false, .warnings = std::move(warnings)};
}

Result<LoadedParameters, Failure> load_network_parameters(std::string_view network, const fs::path& path,
                                                          const std::optional<fs::path>& folder, RandomSource& random,
                                                          Executor& executor) {
    const auto pin = plonk::pin_of(network);
    if (!pin) {
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "unknown_network",
                            .message = fmt::format("no public parameters are pinned for a network {}", network)});
    }
    if (path.empty() && pin->digest == plonk::development_digest())
        return load_development_parameters(folder, executor);
    if (path.empty()) {
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "no_parameters",
                            .message = fmt::format("the network {} needs a file of public parameters", network)});
    }
    auto loaded = load_parameters(path, folder, random, executor);
    if (!loaded) return loaded;
    const PublicParameters& parameters = loaded->parameters;
    const auto admitted = plonk::admit_parameters(*pin, loaded->digest, parameters.opening_key(), parameters.powers());
    if (!admitted) return fail(failure_of(admitted.error(), network));
    return loaded;
}

}  // namespace dusk::app
