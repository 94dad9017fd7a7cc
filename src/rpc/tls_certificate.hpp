// The certificate that a server over TLS shows, and what it speaks: TLS 1.2 and 1.3, with forward secrecy.
#pragma once

#include <chrono>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "rpc/http_stream.hpp"

namespace dusk::rpc {

struct TlsCertificate {
    TlsContext context{};
    std::chrono::sys_seconds expires{};
    std::string subject{};  // "/CN=node.example"
};

// Of a chain of certificates, the server's own first, and its private key, both in PEM; a key under a passphrase is
// refused. The error is a sentence.
[[nodiscard]] Result<TlsCertificate, std::string> tls_certificate(ByteView chain, ByteView key);

}  // namespace dusk::rpc
