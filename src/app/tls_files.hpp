// The certificate of a node's HTTP server, from the files that its configuration names.
#pragma once

#include "app/outcome.hpp"
#include "base/clock.hpp"
#include "node/http_settings.hpp"
#include "rpc/tls_certificate.hpp"

namespace dusk::app {

// http.cert and http.key, which are both set. Errors: file_*, bad_certificate.
[[nodiscard]] Result<rpc::TlsCertificate, Failure> load_certificate(const node::HttpSettings& settings);

// What an operator should know of it now: it is over, or will be soon, or others may read the key. Sentences.
[[nodiscard]] std::vector<std::string> certificate_warnings(const node::HttpSettings& settings,
                                                            const rpc::TlsCertificate& certificate, WallTime now);

}  // namespace dusk::app
