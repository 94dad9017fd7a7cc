#include "rpc/request_body.hpp"

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "rpc/lower_case.hpp"

namespace dusk::rpc {

RequestBody read_body(const HttpRequest& request) {
    constexpr std::string_view kBinary = "application/octet-stream";
    RequestBody out;
    if (request.header("Content-Type") == kBinary) {
        out.bytes = SecretBytes(ByteView(request.body));
        out.binary_answer = true;
        return out;
    }
    out.binary_answer = lower_case(request.header("Accept")) == kBinary;
    out.is_json = lower_case(request.header("Content-Type")) == "application/json";
    const std::string_view text(reinterpret_cast<const char*>(request.body.data()), request.body.size());
    out.valid_text = is_utf8(request.body);
    if (text.starts_with("0x")) {
        if (auto decoded = from_hex(text.substr(2))) {
            out.bytes = SecretBytes(ByteView(*decoded));
            wipe(*decoded);
            return out;
        }
    }
    out.bytes = SecretBytes(text);
    return out;
}

}  // namespace dusk::rpc
