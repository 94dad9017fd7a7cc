// The types that several methods share.
#include "rpc/jsonrpc/schema.hpp"

namespace dusk::rpc::jsonrpc::schema {
namespace {

Json with_format(std::string_view format, std::string_view pattern, std::string_view phrase) {
    return {{"type", "string"},
            {"format", std::string(format)},
            {"pattern", std::string(pattern)},
            {"description", std::string(phrase)}};
}

Json make_types() {
    Json out;
    out["Hash"] = with_format("hash", "^(0x)?[0-9a-fA-F]{64}$", "64 hexadecimal digits");
    out["Hex"] = with_format("hex", "^(0x)?([0-9a-fA-F]{2})*$", "bytes in hexadecimal");
    out["Account"] = with_format("base58", "^[1-9A-HJ-NP-Za-km-z]+$", "the key of an account in base58");
    out["Account"]["maxLength"] = 140;
    out["U64"] = with_format("u64", "^[0-9]{1,20}$", "a number of up to 64 bits as decimal text");
    out["Height"] = described(integer(), "the height of a block");
    out["BlockName"] = {{"description", "a height, a hash of 64 hexadecimal digits, \"latest\" or \"final\""},
                        {"oneOf", Json::array({ref("Height"), ref("Hash"), one_of_names({"latest", "final"})})}};
    out["BlockState"] = one_of_names({"accepted", "attested", "confirmed", "final"});
    out["VoteKind"] = one_of_names({"valid", "invalid", "no_candidate", "no_quorum"});
    out["Step"] = one_of_names({"proposal", "validation", "ratification"});
    // What the ledger writes: the same names as in events of the released node.
    out["Header"] = {{"type", "object"}, {"description", "the header of a block"}};
    out["Transaction"] = {{"type", "object"}, {"description", "a transaction, of the type moonlight or phoenix"}};
    out["Block"] =
        object({{"header", ref("Header")},
                {"state", ref("BlockState")},
                {"transactions", described(list_of(any()), "ids, or transactions as transactions.get has them")},
                {"faults", integer()}});
    out["SpentTransaction"] =
        object({{"id", ref("Hash")},
                {"state", one_of_names({"waiting", "accepted", "attested", "confirmed", "final"})},
                {"block", or_null(object({{"height", ref("Height")}, {"hash", ref("Hash")}}))},
                {"gas_spent", or_null(ref("U64"))},
                {"error", or_null(text())},
                {"transaction", ref("Transaction")}});
    out["ContractEvent"] =
        object({{"height", ref("Height")},
                {"block_hash", ref("Hash")},
                {"origin", described(ref("Hash"), "the transaction, or the block itself")},
                {"contract", ref("Hash")},
                {"topic", text()},
                {"data", ref("Hex")},
                {"decoded", described(any(), "by the driver of the contract; null where there is none")},
                {"reverted", boolean()}});
    out["Stake"] = object({{"account", ref("Account")},
                           {"owner", described(any(), "{\"account\"} or {\"contract\"}: who may take it out")},
                           {"amount", ref("U64")},
                           {"locked", ref("U64")},
                           {"reward", ref("U64")},
                           {"eligible_from", ref("Height")},
                           {"is_eligible", boolean()},
                           {"faults", integer()},
                           {"hard_faults", integer()}});
    const Json timeouts = object({{"proposal", integer()}, {"validation", integer()}, {"ratification", integer()}});
    const Json member = object({{"key", ref("Account")},
                                {"credits", integer()},
                                {"vote", or_null(ref("VoteKind"))},
                                {"hash", or_null(ref("Hash"))}});
    const Json committee = object({{"credits", integer()}, {"members", list_of(member)}});
    out["Round"] =
        object({{"round", ref("Height")},
                {"iteration", integer()},
                {"step", ref("Step")},
                {"prev_block_hash", ref("Hash")},
                {"generator", or_null(ref("Account"))},
                {"is_emergency", boolean()},
                {"step_began_ms", integer()},
                {"deadline_ms", or_null(integer())},
                {"timeouts_ms", timeouts},
                {"candidate", or_null(object({{"hash", ref("Hash")},
                                              {"verdict", or_null(one_of_names({"valid", "invalid", "unknown"}))}}))},
                {"agreed", boolean()},
                {"committees", object({{"validation", committee}, {"ratification", committee}})},
                {"next", described(integer(), "the number of the next event")}});
    return out;
}

}  // namespace

const Json& shared_types() {
    static const Json kTypes = make_types();
    return kTypes;
}

}  // namespace dusk::rpc::jsonrpc::schema
