// TLS as a client of one server speaks it: version 1.2 at least, and a certificate that is good for the server's name.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "base/result.hpp"
#include "client/http_address.hpp"
#include "client/http_client.hpp"

namespace dusk::client {

using SecureStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

// Whom the client trusts: the authorities of the system (or those that SSL_CERT_FILE names), or of the file in
// `limits`. The error is a sentence: the file cannot be read.
[[nodiscard]] Result<boost::asio::ssl::context, std::string> trusting_context(const HttpClientLimits& limits);

// Before the handshake: tells the server its name, and has the certificate compared with it.
void name_server(SecureStream& stream, const HttpAddress& server, bool is_verified);

// Why the handshake failed, for people.
[[nodiscard]] std::string reason_of(SecureStream& stream, const boost::system::error_code& error);

}  // namespace dusk::client
