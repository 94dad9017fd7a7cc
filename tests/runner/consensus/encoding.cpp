// encoding.json: everything that has a byte form, and what is hashed and signed of it.
#include "fields.hpp"
#include "ledger/label.hpp"
#include "ledger/message.hpp"

namespace dusk::vectors {
namespace {

using namespace ledger;

void consensus_header(const Node& c, Report& report) {
    expect_consensus_header(read_back<ConsensusHeader>(c["hex"], report), c["fields"], report);
}
void vote(const Node& c, Report& report) { expect_vote(read_back<Vote>(c["hex"], report), c["fields"], report); }
void step_votes(const Node& c, Report& report) {
    expect_step_votes(read_back<StepVotes>(c["hex"], report), c["fields"], report);
}
void attestation(const Node& c, Report& report) {
    expect_attestation(read_back<Attestation>(c["hex"], report), c["fields"], report);
}

void label(const Node& c, Report& report) {
    constexpr std::array<std::string_view, 4> kLabels{"Accepted", "Attested", "Confirmed", "Final"};
    const auto read = read_back<Label>(c["hex"], report);
    const Node fields = c["fields"];
    report.expect(kLabels.at(static_cast<std::size_t>(read.kind)) == fields["label"].text(), fields, "another label");
    expect_number(read.value, fields["value"], report);
}

// Whether the generator signed the carried hash.
bool is_signed(const BlockHeader& header) {
    const auto generator = crypto::BlsPublicKey::from_bytes(header.generator.bytes);
    return generator && verify(SignInfo{*generator, header.signature}, header.hash.bytes).has_value();
}

void expect_transactions(const Block& block, const Node& c, Report& report) {
    const auto expected = c["txs"].items();
    report.expect(block.transactions.size() == expected.size(), c, "has another number of transactions");
    for (std::size_t i = 0; i < std::min(block.transactions.size(), expected.size()); ++i) {
        const LedgerTransaction& transaction = block.transactions[i];
        report.expect(read_back<LedgerTransaction>(expected[i]["hex"], report) == transaction, expected[i],
                      "another transaction");
        report.expect_bytes(transaction.digest().bytes, expected[i]["digest"]);
        report.expect_bytes(transaction.id().bytes, expected[i]["id"]);
        expect_number(encode(transaction).size(), expected[i]["size"], report);
    }
}

void expect_faults(const Block& block, const Node& c, Report& report) {
    const auto expected = c["faults"].items();
    report.expect(block.faults.size() == expected.size(), c, "has another number of faults");
    for (std::size_t i = 0; i < std::min(block.faults.size(), expected.size()); ++i) {
        report.expect(read_back<Fault>(expected[i]["hex"], report) == block.faults[i], expected[i], "another fault");
        report.expect_bytes(block.faults[i].id().bytes, expected[i]["id"]);
    }
}

void block(const Node& c, Report& report) {
    const auto read = read_back<Block>(c["hex"], report);
    const auto header = read_back<BlockHeader>(c["header_hex"], report);
    report.expect(read.header == header, c["header_hex"], "is another header");
    expect_header(header, c["header"], report);
    expect_number(encode(header).size(), c["header_size"], report);
    expect_number(encode(read).size(), c["size"], report);
    report.expect_bytes(header.content_hash().bytes, c["hash"]);
    report.expect(read.hash_holds(), c, "has another hash");
    report.expect(is_signed(header) == c["signature_valid"].boolean(), c, "is signed or not");
    expect_transactions(read, c, report);
    expect_faults(read, c, report);
    report.expect_bytes(transactions_root(read.transactions).bytes, c["header"]["txroot"]);
    report.expect_bytes(faults_root(read.faults).bytes, c["header"]["faultroot"]);
}

void genesis_block(const Node& c, Report& report) {
    block(c, report);
    const auto read = read_back<Block>(c["hex"], report);
    const BlockHeader made = genesis_header(read.header.state_root, read.header.timestamp);
    report.expect(made == read.header, c, "is not the header that is made");
}

void default_header_size(const Node& c, Report& report) {
    expect_number(encode(BlockHeader{}).size(), c["size"], report);
    expect_number(BlockHeader::kLeastSize, c["size"], report);
}

// The reference's decoder keeps such a hash; ours does too, and `hash_holds` tells.
void stale_hash(const Node& c, Report& report) {
    const auto read = read_back<Block>(c["hex"], report);
    report.expect_bytes(read.header.hash.bytes, c["decoded_hash"]);
    report.expect_bytes(read.header.content_hash().bytes, c["hash_of_content"]);
    report.expect(!read.hash_holds(), c, "holds");
    report.expect(is_signed(read.header) == c["signature_valid"].boolean(), c, "is signed or not");
}

template <class Payload>
Payload payload(const Node& c, Report& report) {
    const auto message = read_back<Message>(c["hex"], report);
    const auto* const body = std::get_if<Payload>(&message.payload);
    if (body == nullptr) c.complain("is another message");
    if (c.has("message_step")) expect_number(message.step(), c["message_step"], report);
    if (c.has("routing_header")) expect_consensus_header(message.routing_header(), c["routing_header"], report);
    return *body;
}

// The signature is the one that the key makes, and verifies.
template <class Vote>
void expect_signed(const Vote& message, const Node& c, Report& report) {
    expect_consensus_header(message.header, c["header"], report);
    expect_vote(message.vote, c["vote"], report);
    report.expect_bytes(message.signed_bytes(), c["signable"]);
    report.expect_bytes(message.sign_info.signer.to_bytes(), c["signer"]);
    report.expect_bytes(message.sign_info.signature.bytes, c["signature"]);
    report.expect(verify(message.sign_info, message.signed_bytes()).has_value() == c["verify"].boolean(), c,
                  "verifies or not");
    if (!c.has("secret_key")) return;
    const auto secret = crypto::BlsSecretKey::from_bytes(c["secret_key"].hex());
    if (!secret) c["secret_key"].complain("is no secret key");
    const auto key = secret->public_key();
    report.expect(key == message.sign_info.signer, c["secret_key"], "is the key of another signer");
    report.expect_bytes(secret->sign_multisig(key, message.signed_bytes()).to_bytes(), c["signature"]);
}

void validation(const Node& c, Report& report) { expect_signed(payload<ValidationMessage>(c, report), c, report); }

void ratification(const Node& c, Report& report) {
    const auto message = payload<RatificationMessage>(c, report);
    expect_signed(message, c, report);
    expect_number(message.timestamp, c["timestamp"], report);
    expect_step_votes(message.validation_result.votes, c["validation_step_votes"], report);
    expect_number(static_cast<std::uint8_t>(message.validation_result.quorum), c["quorum_type"], report);
}

void validation_quorum(const Node& c, Report& report) {
    const auto message = payload<ValidationQuorumMessage>(c, report);
    expect_consensus_header(message.header, c["header"], report);
    expect_step_votes(message.result.votes, c["step_votes"], report);
    expect_vote(message.result.vote, c["vote"], report);
    expect_number(static_cast<std::uint8_t>(message.result.quorum), c["quorum_type"], report);
}

void quorum(const Node& c, Report& report) {
    const auto message = payload<QuorumMessage>(c, report);
    expect_consensus_header(message.header, c["header"], report);
    expect_attestation(message.attestation, c["attestation"], report);
}

void candidate(const Node& c, Report& report) { (void)payload<CandidateMessage>(c, report); }
void block_message(const Node& c, Report& report) { (void)payload<BlockMessage>(c, report); }
void transaction(const Node& c, Report& report) { (void)payload<TransactionMessage>(c, report); }

void expect_nonce(const MessageNonce& nonce, const Node& c, Report& report) {
    expect_number(load_le<std::uint64_t>(nonce.bytes.data()), c["nonce"], report);
}
void get_mempool(const Node& c, Report& report) {
    expect_nonce(payload<GetMempoolMessage>(c, report).nonce, c, report);
}
void get_blocks(const Node& c, Report& report) {
    const auto message = payload<GetBlocksMessage>(c, report);
    report.expect_bytes(message.locator.bytes, c["locator"]);
    expect_nonce(message.nonce, c, report);
}
void inventory(const Node& c, Report& report) {
    expect_number(payload<InventoryMessage>(c, report).inventory.max_entries, c["max_entries"], report);
}
void get_resource(const Node& c, Report& report) {
    const auto message = payload<GetResourceMessage>(c, report);
    expect_number(message.hops_limit, c["hops"], report);
    expect_number(message.ttl, c["ttl"], report);
    report.expect(message.requester.to_text() == c["requester"].text(), c["requester"], "is another address");
}

void spent_transaction(const Node& c, Report& report) {
    const auto spent = read_back<SpentTransaction>(c["hex"], report);
    expect_number(spent.block_height.value, c["block_height"], report);
    expect_number(spent.gas_spent.value, c["gas_spent"], report);
    const bool failed = !c["err"].is_null();
    report.expect(spent.error.has_value() == failed, c, "has an error or not");
    if (failed) report.expect(spent.error == c["err"].text(), c["err"], "is another text");
}

struct Kind {
    std::string_view name;
    void (*run)(const Node& c, Report& report);
};
constexpr std::array kKinds{Kind{"ConsensusHeader", consensus_header},
                            Kind{"Vote", vote},
                            Kind{"StepVotes", step_votes},
                            Kind{"Attestation", attestation},
                            Kind{"Label", label},
                            Kind{"Block", block},
                            Kind{"GenesisBlock", genesis_block},
                            Kind{"DefaultHeaderSize", default_header_size},
                            Kind{"StaleHash", stale_hash},
                            Kind{"ValidationMessage", validation},
                            Kind{"RatificationMessage", ratification},
                            Kind{"ValidationQuorumMessage", validation_quorum},
                            Kind{"QuorumMessage", quorum},
                            Kind{"CandidateMessage", candidate},
                            Kind{"BlockMessage", block_message},
                            Kind{"TxMessage", transaction},
                            Kind{"GetMempoolMessage", get_mempool},
                            Kind{"GetBlocksMessage", get_blocks},
                            Kind{"InvMessage", inventory},
                            Kind{"GetResourceMessage", get_resource},
                            Kind{"SpentTransaction", spent_transaction}};

void run(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& c : root["encoding"].items()) {
        report.run(c, [&] {
            const auto kind = std::ranges::find(kKinds, c["kind"].text(), &Kind::name);
            if (kind == kKinds.end()) c.complain("is of a kind that the runner does not know");
            kind->run(c, report);
        });
    }
}

const Registered registered{{"consensus", "encoding", {"encoding", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
