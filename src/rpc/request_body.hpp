// The bytes that a request means, and how the answer is to look (spec/interfaces.md §2).
#pragma once

#include "base/secret.hpp"
#include "rpc/http.hpp"

namespace dusk::rpc {

struct RequestBody {
    SecretBytes bytes;
    bool binary_answer = false;  // raw bytes, else lower-case hex
    bool valid_text = true;      // false: a body of text is not UTF-8
    bool is_json = false;        // by its Content-Type, exactly application/json in any case
};

// Content-Type exactly application/octet-stream: the raw bytes. Otherwise text: hex after "0x" where it is hex, else
// the text itself.
[[nodiscard]] RequestBody read_body(const HttpRequest& request);

}  // namespace dusk::rpc
