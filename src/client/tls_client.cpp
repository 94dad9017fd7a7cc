#include "client/tls_client.hpp"

#include <fmt/core.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>

namespace dusk::client {

namespace ssl = boost::asio::ssl;

Result<ssl::context, std::string> trusting_context(const HttpClientLimits& limits) {
    ssl::context out(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(out.native_handle(), TLS1_2_VERSION);
    boost::system::error_code error;
    if (limits.authorities.empty()) {
        out.set_default_verify_paths(error);
    } else {
        out.load_verify_file(limits.authorities, error);
    }
    if (error) {
        return fail(limits.authorities.empty()
                        ? std::string("the authorities of this system cannot be read; name some with --ca")
                        : fmt::format("{} holds no certificates in PEM: {}", limits.authorities, error.message()));
    }
    return out;
}

void name_server(SecureStream& stream, const HttpAddress& server, bool is_verified) {
    SSL* const handle = stream.native_handle();
    boost::system::error_code no_address;
    boost::asio::ip::make_address(server.host, no_address);
    if (no_address) {
        SSL_set_tlsext_host_name(handle, server.host.c_str());  // addresses are no names: RFC 6066 §3
        SSL_set_hostflags(handle, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        SSL_set1_host(handle, server.host.c_str());
    } else {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(handle), server.host.c_str());
    }
    stream.set_verify_mode(is_verified ? ssl::verify_peer : ssl::verify_none);
}

std::string reason_of(SecureStream& stream, const boost::system::error_code& error) {
    const long verdict = SSL_get_verify_result(stream.native_handle());
    if (verdict != X509_V_OK) {
        return fmt::format("its certificate is not good: {}; --ca names an authority of your own",
                           X509_verify_cert_error_string(verdict));
    }
    if (error.category() == boost::asio::error::get_ssl_category()) {
        const int reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
        if (reason == SSL_R_WRONG_VERSION_NUMBER) return "it does not speak TLS: use http:// for it";
    }
    return fmt::format("TLS does not begin: {}", error.message());
}

}  // namespace dusk::client
