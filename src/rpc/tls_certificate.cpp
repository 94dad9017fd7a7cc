#include "rpc/tls_certificate.hpp"

#include <fmt/core.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctime>

namespace dusk::rpc {
namespace {

namespace ssl = boost::asio::ssl;

// Of TLS 1.2; those of 1.3 are all good.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

std::chrono::sys_seconds time_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

std::string subject_of(const X509* certificate) {
    char text[256] = {};
    X509_NAME_oneline(X509_get_subject_name(certificate), text, sizeof text);
    return text;
}

boost::asio::const_buffer buffer(ByteView bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

Result<TlsCertificate, std::string> tls_certificate(ByteView chain, ByteView key) {
    TlsCertificate out{.context = std::make_shared<ssl::context>(ssl::context::tls_server)};
    ssl::context& context = *out.context;
    SSL_CTX* const handle = context.native_handle();
    SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
    SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                    SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_cipher_list(handle, kCiphers);
    // Nobody sits before a server to be asked.
    boost::system::error_code error;
    context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); }, error);
    context.use_certificate_chain(buffer(chain), error);
    if (error) return fail(fmt::format("it holds no chain of certificates in PEM: {}", error.message()));
    context.use_private_key(buffer(key), ssl::context::pem, error);
    if (error) return fail(fmt::format("the key is no private key in PEM without a passphrase: {}", error.message()));
    if (SSL_CTX_check_private_key(handle) != 1) return fail(std::string("the key is not that of the certificate"));
    const X509* const own = SSL_CTX_get0_certificate(handle);
    out.expires = time_of(X509_get0_notAfter(own));
    out.subject = subject_of(own);
    return out;
}

}  // namespace dusk::rpc
