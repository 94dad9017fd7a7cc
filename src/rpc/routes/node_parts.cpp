#include "rpc/routes/node_parts.hpp"

#include "base/hex.hpp"
#include "rpc/answers.hpp"

namespace dusk::rpc {

Result<std::unique_ptr<vm::Session>, HttpResponse> NodeParts::session(std::uint64_t above_tip) const {
    const auto tip = blocks.tip();
    if (!tip) return fail(internal_error());
    if (!*tip) return fail(not_found("no block yet"));
    auto session = machine.session((*tip)->state_root.bytes, static_cast<std::uint8_t>(settings.network->chain_id),
                                   (*tip)->height.value + above_tip);
    if (!session) return fail(internal_error());
    return *std::move(session);
}

Result<std::unique_ptr<vm::Session>, HttpResponse> NodeParts::session_at_tip() const { return session(0); }
Result<std::unique_ptr<vm::Session>, HttpResponse> NodeParts::session_at_next() const { return session(1); }

std::optional<ledger::ContractId> contract_id_of(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != ledger::ContractId::kSize) return {};
    return ledger::ContractId{take<ledger::ContractId::kSize>(*bytes)};
}

}  // namespace dusk::rpc
