#include "rpc/routes/blob_routes.hpp"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/answers.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

// The error is the answer.
Result<ledger::BlobHash, HttpResponse> hash_of(std::string_view text, bool is_commitment) {
    const auto bytes = from_hex(text);
    if (!bytes) return fail(invalid_input(is_commitment ? "commitment not hex" : "hash not hex"));
    const std::size_t size = is_commitment ? 48 : ledger::BlobHash::kSize;
    if (bytes->size() != size) return fail(invalid_input(is_commitment ? "commitment length" : "hash length"));
    if (is_commitment) return ledger::versioned_hash(take<48>(*bytes));
    return ledger::BlobHash{take<ledger::BlobHash::kSize>(*bytes)};
}

HttpResponse answer(const BlobFinder& find, const RouteRequest& request) {
    const std::string& topic = request.parameters.at(1);
    if (topic != "hash" && topic != "commitment") return unsupported();
    const auto hash = hash_of(request.parameters.at(0), topic == "commitment");
    if (!hash) return hash.error();
    const auto blob = find(*hash);
    if (!blob) return internal_error();
    if (!*blob) return not_found(fmt::format("Blob with versioned hash {} not found", ledger::hex(*hash)));
    const ledger::BlobSidecar& sidecar = **blob;
    if (request.body.is_json) {
        return json_answer({{"commitment", to_hex(sidecar.commitment)},
                            {"data", to_hex(sidecar.content.bytes())},
                            {"proof", to_hex(sidecar.proof)}});
    }
    Bytes out = to_vector(sidecar.commitment);
    append(out, sidecar.proof);
    append(out, sidecar.content.bytes());
    return bytes_answer(out, request.body.binary_answer);
}

}  // namespace

void add_blob_routes(RouteTable& table, BlobFinder find) {
    table.add("POST", "/on/blobs:{}/{}", RequestClass::other_rues,
              [find = std::move(find)](RouteRequest request) -> asio::awaitable<HttpResponse> {
                  co_return answer(find, request);
              });
}

}  // namespace dusk::rpc
