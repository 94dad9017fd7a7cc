// app.json: application frames, what is wrong with malformed ones, the hash of a block, what is signed, nonces.
#include "consensus/fields.hpp"
#include "network/addresses.hpp"
#include "network/message_fields.hpp"
#include "node/message_nonce.hpp"

namespace dusk::vectors {
namespace {

using namespace ledger;

void frames(const Node& list, Report& report) {
    for (const Node& c : list.items()) {
        report.run(c, [&] {
            c["name"].describe();
            expect_frame_result(c["hex"].hex(), c["result"], report);
        });
    }
}

// The reader keeps a hash that is wrong, and tells.
void block_hash(const Node& c, Report& report) {
    c["note"].describe();
    const auto message = decode<Message>(c["block_with_wrong_hash"].hex());
    if (!message) c.complain("is no message here");
    const auto* body = std::get_if<BlockMessage>(&message->payload);
    if (body == nullptr) c.complain("is no block");
    report.expect_bytes(body->block.header.content_hash().bytes, c["hash_of_hashable_part"]);
    report.expect(!body->block.hash_holds(), c, "the hash holds");
    report.expect_bytes(encode(*message), c["block_with_wrong_hash"]);
    // One of zeros is filled in.
    Message unnamed = *message;
    std::get<BlockMessage>(unnamed.payload).block.header.hash = {};
    const auto named = decode<Message>(encode(unnamed));
    if (!named) c.complain("without a hash it is no message");
    report.expect_bytes(std::get<BlockMessage>(named->payload).block.header.hash.bytes, c["hash_of_hashable_part"]);
}

void signed_bytes(const Node& c, Report& report) {
    const auto message = decode<Message>(c["message"].hex());
    if (!message) c.complain("is no message here");
    if (const auto* validation = std::get_if<ValidationMessage>(&message->payload)) {
        report.expect_bytes(validation->signed_bytes(), c["signed_bytes"]);
    } else if (const auto* ratification = std::get_if<RatificationMessage>(&message->payload)) {
        report.expect_bytes(ratification->signed_bytes(), c["signed_bytes"]);
    } else {
        c.complain("is no vote");
    }
}

void first_nonce(const Node& c, Report& report) {
    expect_number(node::first_message_nonce(address_of_ip(c["ip"], 9000)), c["first_nonce"], report);
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    frames(root["frames"], report);
    frames(root["malformed"], report);
    report.run(root["block_hash"], [&] { block_hash(root["block_hash"], report); });
    for (const Node& c : root["signed"].items()) {
        report.run(c, [&] { signed_bytes(c, report); });
    }
    for (const Node& c : root["nonce_from_ip"].items()) {
        report.run(c, [&] { first_nonce(c, report); });
    }
}

const Registered registered{
    {"network", "app", {"block_hash", "frames", "malformed", "nonce_from_ip", "seed", "signed"}, run}};

}  // namespace
}  // namespace dusk::vectors
