#include "app/crs_commands.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "app/cache_directory.hpp"
#include "app/crs_cache.hpp"
#include "app/crs_files.hpp"
#include "app/crs_report.hpp"
#include "app/progress_line.hpp"
#include "app/public_files.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/sha2.hpp"
#include "plonk/development.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

// Read and decoded. The bytes stay, for their digest.
struct OpenedCrs {
    ByteArray<32> file_digest;
    CrsFile file;
};

Result<OpenedCrs, Failure> open_crs(const fs::path& path, ProgressLine& progress, Executor& executor) {
    const auto content = read_public_file(path);
    if (!content) return fail(content.error());
    progress.stage("reading the points");
    auto file = decode_crs(*content, path, executor);
    if (!file) return fail(file.error());
    return OpenedCrs{.file_digest = crypto::sha256(*content), .file = std::move(*file)};
}

Result<OpenedCrs, Failure> open_verified(const fs::path& path, ProgressLine& progress, RandomSource& random,
                                         Executor& executor) {
    auto opened = open_crs(path, progress, executor);
    if (!opened) return opened;
    progress.stage("checking the powers");
    if (const auto good = verify_crs(opened->file, path, random, executor); !good) return fail(good.error());
    return opened;
}

CommandResult write_parameters(const plonk::PublicParameters& parameters, const fs::path& out, CrsFormat format,
                               Overwrite overwrite) {
    const Bytes content = format == CrsFormat::raw ? parameters.to_raw_bytes() : parameters.to_bytes();
    if (const auto written = write_public_file(out, content, overwrite); !written) return fail(written.error());
    Outcome outcome;
    report_parameters(outcome, parameters);
    outcome.text = fmt::format("Wrote {}\n\n{}", out.string(), outcome.text);
    outcome.json["file"] = out.string();
    outcome.json["format"] = format == CrsFormat::raw ? "raw" : "checked";
    return outcome;
}

// The generator of a seed, or none where no seed is named.
Result<std::unique_ptr<RandomSource>, Failure> seeded_random(const PasswordSource& source) {
    if (!source.descriptor && !source.file) return nullptr;
    const auto seed = read_password(source, PasswordUse::open_existing, {});
    if (!seed) return fail(failure_of(seed.error()));
    return std::make_unique<crypto::ChaChaRng>(plonk::ceremony_seed_key(seed->reveal()));
}

Result<void, Failure> unchanged(const fs::path& path, const ByteArray<32>& digest) {
    const auto now = read_public_file(path);
    if (!now) return fail(now.error());
    if (crypto::sha256(*now) == digest) return {};
    return fail(Failure{.exit = ExitCode::file,
                        .code = "file_changed",
                        .message = fmt::format("the file {} was changed meanwhile and is left as it is: contribute to "
                                               "what it is now",
                                               path.string())});
}

}  // namespace

CommandResult new_crs(const CrsNew& command) {
    if (const auto free = require_free(command.file, command.overwrite); !free) return fail(free.error());
    const auto ceremony = plonk::Ceremony::start(command.powers);
    if (!ceremony) return fail(failure_of(ceremony.error(), command.file));
    const Bytes content = ceremony->to_bytes();
    if (const auto written = write_public_file(command.file, content, command.overwrite); !written) {
        return fail(written.error());
    }
    Outcome outcome;
    report_ceremony(outcome, *ceremony);
    outcome.json["file"] = command.file.string();
    outcome.json["file_sha256"] = hex_of(crypto::sha256(content));
    outcome.text = fmt::format("Wrote {}: nobody has contributed yet\n\n{}", command.file.string(), outcome.text);
    return outcome;
}

CommandResult contribute_to_crs(const CrsContribute& command, RandomSource& random, Executor& executor) {
    if (!plonk::is_contributor_name(command.name)) {
        return fail(Failure{.exit = ExitCode::usage,
                            .code = "bad_name",
                            .message = "a name is 1 to 64 bytes of UTF-8 without control characters"});
    }
    const auto seeded = seeded_random(command.seed);
    if (!seeded) return fail(seeded.error());
    ProgressLine progress;
    auto opened = open_crs(command.file, progress, executor);
    if (!opened) return fail(opened.error());
    auto* const ceremony = std::get_if<plonk::Ceremony>(&opened->file.content);
    if (ceremony == nullptr) {
        return fail(Failure{.exit = ExitCode::bad_input,
                            .code = "not_a_ceremony",
                            .message = command.file.string() + ": these are finished parameters, and no ceremony"});
    }
    progress.stage("checking what others contributed");
    if (const auto good = ceremony->verify_so_far(random, executor); !good) {
        return fail(failure_of(good.error(), command.file));
    }
    progress.stage("contributing");
    const auto done =
        ceremony->contribute(command.name, *seeded ? **seeded : random, executor, plonk::CeremonySecret::hidden,
                             [&](std::size_t points, std::size_t total) { progress.update(points, total); });
    if (!done) return fail(failure_of(done.error(), command.file));

    const Bytes content = ceremony->to_bytes();
    if (const auto same = unchanged(command.file, opened->file_digest); !same) return fail(same.error());
    if (const auto written = write_public_file(command.file, content, Overwrite::allow); !written) {
        return fail(written.error());
    }
    Outcome outcome = contributed_outcome(*ceremony, command.file, crypto::sha256(content));
    if (*seeded) {
        outcome.warnings.emplace_back(
            "this contribution comes from a seed: whoever knows the seed knows its secret, so it protects nobody");
    }
    return outcome;
}

CommandResult verify_crs_file(const CrsVerify& command, RandomSource& random, Executor& executor) {
    const auto pin = plonk::pin_of(command.network);
    if (!command.network.empty() && !pin) {
        return fail(
            Failure{.exit = ExitCode::usage,
                    .code = "unknown_network",
                    .message = fmt::format("no public parameters are pinned for a network {}", command.network)});
    }
    ProgressLine progress;
    const auto opened = open_crs(command.file, progress, executor);
    if (!opened) return fail(opened.error());
    if (pin) {
        const CrsFile& file = opened->file;
        const auto admitted = plonk::admit_parameters(*pin, file.digest(), file.opening_key(), file.powers());
        if (!admitted) return fail(failure_of(admitted.error(), command.network));
    }
    progress.stage("checking the powers");
    if (const auto good = verify_crs(opened->file, command.file, random, executor); !good) return fail(good.error());
    Outcome outcome = crs_outcome(opened->file, command.file, opened->file_digest);
    outcome.json["verified"] = true;
    outcome.text = fmt::format("{} is in order: every point and every proof was checked\n\n{}", command.file.string(),
                               outcome.text);
    return outcome;
}

CommandResult crs_info(const CrsInfo& command, Executor& executor) {
    ProgressLine progress;
    const auto opened = open_crs(command.file, progress, executor);
    if (!opened) return fail(opened.error());
    return crs_outcome(opened->file, command.file, opened->file_digest);
}

CommandResult export_crs(const CrsExport& command, RandomSource& random, Executor& executor) {
    if (const auto free = require_free(command.out, command.overwrite); !free) return fail(free.error());
    ProgressLine progress;
    auto opened = open_verified(command.file, progress, random, executor);
    if (!opened) return fail(opened.error());
    const auto parameters = parameters_of(std::move(opened->file), command.file);
    if (!parameters) return fail(parameters.error());
    return write_parameters(*parameters, command.out, command.format, command.overwrite);
}

CommandResult export_devnet_crs(const CrsDevnet& command, Executor& executor) {
    if (const auto free = require_free(command.out, command.overwrite); !free) return fail(free.error());
    ProgressLine progress;
    progress.stage("making the development parameters");
    auto loaded = load_development_parameters(cache_directory(), executor);
    auto outcome = write_parameters(loaded.parameters, command.out, command.format, command.overwrite);
    if (outcome) {
        outcome->json["from_cache"] = loaded.from_cache;
        std::ranges::move(loaded.warnings, std::back_inserter(outcome->warnings));
    }
    return outcome;
}

}  // namespace dusk::app
