#include "app/crs_report.hpp"

#include <fmt/core.h>

#include <bit>

#include "crypto/sha2.hpp"
#include "plonk/development.hpp"

namespace dusk::app {
namespace {

using Json = nlohmann::ordered_json;

// The largest domain that these many powers serve: 2^k + 10 of them.
std::size_t most_rows(std::size_t points) {
    return points <= plonk::kSpareDegree + 1 ? 0 : std::bit_floor(points - plonk::kSpareDegree - 1);
}

void report_points(Outcome& outcome, std::size_t points) {
    outcome.json["points"] = points;
    outcome.json["rows"] = most_rows(points);
    outcome.text += fmt::format("  points   {} (circuits of up to {} rows)\n", points, most_rows(points));
}

void report_digests(Outcome& outcome, const plonk::PublicParameters& parameters) {
    const ByteArray<32> checked = crypto::sha256(parameters.to_bytes());
    const std::string raw = hex_of(crypto::sha256(parameters.to_raw_bytes()));
    const auto pin = plonk::pin_with(checked);
    outcome.json["checked_sha256"] = hex_of(checked);
    outcome.json["raw_sha256"] = raw;
    outcome.json["network"] = pin ? Json(pin->network) : Json(nullptr);
    outcome.text += fmt::format("  checked  SHA-256 {}\n  raw      SHA-256 {}\n  network  {}\n", hex_of(checked), raw,
                                pin ? pin->network : "none that is known here");
    if (plonk::has_development_secret(parameters.opening_key(), parameters.powers())) {
        outcome.warnings.emplace_back(
            "the secret of these parameters is public: whoever uses them can be shown false proofs");
    }
}

}  // namespace

void report_parameters(Outcome& outcome, const plonk::PublicParameters& parameters) {
    outcome.text += "Public parameters\n";
    report_points(outcome, parameters.powers().size());
    report_digests(outcome, parameters);
}

void report_ceremony(Outcome& outcome, const plonk::Ceremony& ceremony) {
    outcome.text += "Ceremony\n";
    report_points(outcome, ceremony.powers().size());
    outcome.json["digest"] = hex_of(ceremony.digest());
    Json list = Json::array();
    for (const plonk::Contribution& made : ceremony.contributions()) {
        const std::string digest = hex_of(made.digest());
        list.push_back({{"name", made.name}, {"digest", digest}});
        outcome.text += fmt::format("  {:>3}  {}\n       {}\n", list.size(), made.name, digest);
    }
    outcome.json["contributions"] = std::move(list);
}

Outcome crs_outcome(const CrsFile& file, const std::filesystem::path& path, const ByteArray<32>& file_digest) {
    Outcome outcome;
    outcome.json = {{"file", path.string()}, {"kind", to_string(file.kind)}, {"file_sha256", hex_of(file_digest)}};
    if (const plonk::Ceremony* ceremony = file.ceremony()) {
        report_ceremony(outcome, *ceremony);
        const auto parameters = ceremony->parameters();
        if (parameters) report_digests(outcome, *parameters);
        if (ceremony->contributions().empty()) {
            outcome.warnings.emplace_back("nobody has contributed yet: these are no parameters to use");
        }
    } else {
        report_parameters(outcome, std::get<plonk::PublicParameters>(file.content));
    }
    return outcome;
}

Outcome contributed_outcome(const plonk::Ceremony& ceremony, const std::filesystem::path& path,
                            const ByteArray<32>& file_digest) {
    const plonk::Contribution& made = ceremony.contributions().back();
    const std::size_t number = ceremony.contributions().size();
    Outcome outcome;
    outcome.json = {{"file", path.string()},
                    {"contribution", number},
                    {"name", made.name},
                    {"digest", hex_of(made.digest())},
                    {"file_sha256", hex_of(file_digest)}};
    outcome.text = fmt::format(
        "Contribution {} of {} is in {}.\nPublish its digest, so that everybody finds it in the final file:\n\n  {}\n",
        number, made.name, path.string(), hex_of(made.digest()));
    return outcome;
}

}  // namespace dusk::app
