#include "app/crs_files.hpp"

#include <fmt/core.h>

#include "crypto/sha2.hpp"
#include "plonk/powers_check.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using plonk::CeremonyFault;
using plonk::ProofError;

Failure about(const fs::path& path, std::string_view code, std::string_view sentence) {
    return {.exit = ExitCode::bad_input,
            .code = std::string(code),
            .message = fmt::format("{}: {}", path.string(), sentence)};
}

Result<CrsFile, Failure> decode_ceremony(ByteView content, const fs::path& path, Executor& executor) {
    auto ceremony = plonk::Ceremony::from_bytes(content, executor);
    if (!ceremony) return fail(failure_of(ceremony.error(), path));
    return CrsFile{.kind = CrsKind::ceremony, .content = std::move(*ceremony)};
}

}  // namespace

std::string_view to_string(CrsKind kind) {
    switch (kind) {
        case CrsKind::ceremony:
            return "ceremony";
        case CrsKind::checked:
            return "checked";
        case CrsKind::raw:
            return "raw";
    }
    return "unknown";
}

CrsKind kind_of_crs(ByteView content) {
    if (plonk::Ceremony::is_ceremony(content)) return CrsKind::ceremony;
    constexpr std::size_t kHeader = plonk::OpeningKey::kSize + 8;
    if (content.size() < kHeader) return CrsKind::checked;
    const auto count = load_le<std::uint64_t>(content.data() + plonk::OpeningKey::kSize);
    const std::size_t points = content.size() - kHeader;
    const bool raw = points % plonk::G1Affine::kRawSize == 0 && points / plonk::G1Affine::kRawSize == count;
    return raw ? CrsKind::raw : CrsKind::checked;
}

Failure failure_of(const plonk::CeremonyError& error, const fs::path& path) {
    const auto code = [&]() -> std::string_view {
        switch (error.fault) {
            case CeremonyFault::short_input:
                return "truncated";
            case CeremonyFault::unknown_version:
                return "unsupported_version";
            case CeremonyFault::no_contributions:
                return "no_contributions";
            default:
                return "bad_crs";
        }
    };
    return about(path, code(), to_string(error));
}

Failure failure_of(ProofError error, const fs::path& path) {
    if (error == ProofError::short_input || error == ProofError::bad_header) {
        return about(path, "truncated", "this is no file of public parameters, or its end is missing");
    }
    if (error == ProofError::empty) return about(path, "truncated", "the file holds no point");
    if (error == ProofError::bad_point)
        return about(path, "bad_crs", "a point is not the encoding of a point of its group");
    return about(path, "bad_crs", plonk::to_string(error));
}

Failure failure_of(plonk::PinError error, std::string_view network) {
    const bool development = error == plonk::PinError::development_parameters;
    return {.exit = ExitCode::bad_input,
            .code = development ? "development_parameters" : "other_parameters",
            .message = fmt::format("network {}: {}", network, plonk::to_string(error))};
}

plonk::ParametersDigest CrsFile::digest() const {
    crypto::Sha256 hash;
    hash.update(opening_key().to_bytes());
    for (const plonk::G1Affine& point : powers()) hash.update(point.to_compressed());
    return hash.finish();
}

Result<CrsFile, Failure> decode_crs(ByteView content, const fs::path& path, Executor& executor) {
    const CrsKind kind = kind_of_crs(content);
    if (kind == CrsKind::ceremony) return decode_ceremony(content, path, executor);
    auto parameters = kind == CrsKind::raw ? plonk::PublicParameters::from_raw_bytes(content, executor)
                                           : plonk::PublicParameters::from_bytes(content, executor);
    if (!parameters) return fail(failure_of(parameters.error(), path));
    return CrsFile{.kind = kind, .content = std::move(*parameters)};
}

Result<void, Failure> verify_crs(const CrsFile& file, const fs::path& path, RandomSource& random, Executor& executor) {
    if (const plonk::Ceremony* ceremony = file.ceremony()) {
        const auto good = ceremony->verify(random, executor);
        if (!good) return fail(failure_of(good.error(), path));
        return {};
    }
    const auto good = plonk::check_powers(std::get<plonk::PublicParameters>(file.content), random, executor);
    if (!good) return fail(failure_of(good.error(), path));
    return {};
}

Result<plonk::PublicParameters, Failure> parameters_of(CrsFile&& file, const fs::path& path) {
    if (auto* const ready = std::get_if<plonk::PublicParameters>(&file.content)) return std::move(*ready);
    auto parameters = std::get<plonk::Ceremony>(file.content).parameters();
    if (!parameters) return fail(failure_of(parameters.error(), path));
    return std::move(*parameters);
}

}  // namespace dusk::app
