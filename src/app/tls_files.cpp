#include "app/tls_files.hpp"

#include <fmt/core.h>

#include "app/files.hpp"
#include "app/key_files.hpp"
#include "app/public_files.hpp"

namespace dusk::app {
namespace {

constexpr std::chrono::days kSoon{14};

}  // namespace

Result<rpc::TlsCertificate, Failure> load_certificate(const node::HttpSettings& settings) {
    const auto chain = read_public_file(settings.cert);
    if (!chain) return fail(chain.error());
    const auto key = read_key_file(settings.key);
    if (!key) return fail(failure_of(key.error()));
    auto out = rpc::tls_certificate(*chain, key->reveal());
    if (out) return *std::move(out);
    return fail(
        Failure{.exit = ExitCode::bad_input,
                .code = "bad_certificate",
                .message = fmt::format("http.cert {} and http.key {}: {}", settings.cert, settings.key, out.error())});
}

std::vector<std::string> certificate_warnings(const node::HttpSettings& settings,
                                              const rpc::TlsCertificate& certificate, WallTime now) {
    std::vector<std::string> out;
    if (certificate.expires <= now) {
        out.push_back(fmt::format("the certificate {} is over since {} days: clients refuse it", settings.cert,
                                  std::chrono::floor<std::chrono::days>(now - certificate.expires).count()));
    } else if (certificate.expires <= now + kSoon) {
        out.push_back(
            fmt::format("the certificate {} is over in {} days: renew it, then let the node read it again "
                        "(SIGHUP)",
                        settings.cert, std::chrono::floor<std::chrono::days>(certificate.expires - now).count()));
    }
    if (std::string mode = mode_warning(settings.key); !mode.empty()) out.push_back(std::move(mode));
    return out;
}

}  // namespace dusk::app
