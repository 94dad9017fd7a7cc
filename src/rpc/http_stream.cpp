#include "rpc/http_stream.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace dusk::rpc {

namespace asio = boost::asio;

asio::awaitable<boost::system::error_code> HttpStream::handshake() {
    boost::system::error_code error;
    co_await std::get<Secure>(stream_).async_handshake(asio::ssl::stream_base::server,
                                                       asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

asio::awaitable<void> HttpStream::say_end() {
    auto* const secure = std::get_if<Secure>(&stream_);
    if (secure == nullptr) co_return;
    boost::system::error_code ignored;
    co_await secure->async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace dusk::rpc
