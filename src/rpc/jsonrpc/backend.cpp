#include "rpc/jsonrpc/backend.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

constexpr std::string_view kNoBlock = "there is no such block here";

Answer<FoundBlock> at_height(chain::BlockStore& blocks, ledger::Height height) {
    const auto at = blocks.at(height);
    if (!at) return fail(internal_error());
    if (!*at) return fail(not_found(kNoBlock));
    return FoundBlock{.height = height, .hash = (*at)->hash, .state = (*at)->label.kind};
}

}  // namespace

Answer<std::unique_ptr<vm::Session>> session_at_tip(const Backend& backend) {
    auto session = backend.parts.session_at_tip();
    if (session) return *std::move(session);
    return fail(session.error().status == 404 ? not_found("there is no block yet") : internal_error());
}

Answer<FoundBlock> find_block(chain::BlockStore& blocks, const RequestJson& name) {
    if (name.is_number_unsigned()) return at_height(blocks, {name.get<std::uint64_t>()});
    const std::string text = name.is_string() ? name.get<std::string>() : "latest";
    if (text == "final") {
        const auto height = blocks.last_final();
        if (!height) return fail(internal_error());
        return at_height(blocks, height->value_or(ledger::Height{0}));
    }
    const auto header = text == "latest"
                            ? blocks.tip()
                            : blocks.header(ledger::BlockHash{take<ledger::BlockHash::kSize>(bytes_of_hex(text))});
    if (!header) return fail(internal_error());
    if (!*header) return fail(not_found(kNoBlock));
    auto found = at_height(blocks, (*header)->height);
    if (found && found->hash != (*header)->hash) return fail(not_found("this block is not part of the chain any more"));
    return found;
}

}  // namespace dusk::rpc::jsonrpc
