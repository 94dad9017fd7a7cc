#include "transfer_requests.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/hex.hpp"

namespace dusk::bench {

phoenix::TransferRequest transfer_request(std::size_t inputs) {
    const std::string path = fmt::format("{}/plonk-sound/phoenix-{}.json.gz", DUSK_OWN_VECTORS, inputs);
    gzFile file = gzopen(path.c_str(), "rb");
    std::string text;
    std::array<char, 1 << 16> chunk{};
    for (int got = 0; file != nullptr && (got = gzread(file, chunk.data(), chunk.size())) > 0;)
        text.append(chunk.data(), static_cast<std::size_t>(got));
    if (file != nullptr) gzclose(file);
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) throw std::runtime_error("cannot read " + path);
    const auto bytes = from_hex(json["phoenix"][0]["proofs"][0]["request"].get<std::string>());
    return phoenix::TransferRequest::from_bytes(bytes.value()).value();
}

}  // namespace dusk::bench
