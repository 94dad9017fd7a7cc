// Random blocks, messages and parts of them, for tests: a function of a seed.
#pragma once

#include "crypto/chacha_rng.hpp"
#include "ledger/message.hpp"

namespace dusk::ledger {

class BlockSamples {
  public:
    explicit BlockSamples(std::uint64_t seed) : random_(seed) {}

    std::uint64_t below(std::uint64_t count) { return random_.next_u64() % count; }
    std::uint64_t number() { return random_.next_u64(); }
    template <class Named>
    Named name() {
        Named out;
        random_.fill(out.bytes);
        return out;
    }
    Vote vote() {
        switch (below(4)) {
            case 0:
                return Vote::no_candidate();
            case 1:
                return Vote::valid(name<BlockHash>());
            case 2:
                return Vote::invalid(name<BlockHash>());
            default:
                return Vote::no_quorum();
        }
    }
    StepVotes step_votes() { return {number(), name<SignatureBytes>()}; }
    ValidationResult validation_result() {
        constexpr std::array kTypes{QuorumType::valid, QuorumType::invalid, QuorumType::no_candidate,
                                    QuorumType::no_quorum};
        return {step_votes(), vote(), kTypes.at(below(4))};
    }
    Attestation attestation() { return {{below(2) == 1, vote()}, step_votes(), step_votes()}; }
    IterationsInfo iterations() {
        IterationsInfo out;
        out.iterations.resize(below(9));
        for (auto& iteration : out.iterations) {
            if (below(2) == 1) iteration = FailedIteration{attestation(), name<KeyBytes>()};
        }
        return out;
    }
    ConsensusHeader consensus_header() { return {name<BlockHash>(), number(), static_cast<std::uint8_t>(below(256))}; }
    crypto::BlsSecretKey secret_key() { return crypto::BlsSecretKey::random(random_); }
    SignInfo sign_info() { return {secret_key().public_key(), name<SignatureBytes>()}; }
    // Signs the message.
    SignInfo sign_info(ByteView message) {
        const auto secret = secret_key();
        const auto key = secret.public_key();
        return {key, {secret.sign_multisig(key, message).to_bytes()}};
    }
    template <class Data>
    FaultItem<Data> fault_item() {
        if constexpr (std::same_as<Data, Vote>) {
            return {consensus_header(), sign_info(), vote()};
        } else {
            return {consensus_header(), sign_info(), name<BlockHash>()};
        }
    }
    Fault fault() {
        switch (below(3)) {
            case 0:
                return Fault(DoubleCandidate{fault_item<BlockHash>(), fault_item<BlockHash>()});
            case 1:
                return Fault(DoubleRatificationVote{fault_item<Vote>(), fault_item<Vote>()});
            default:
                return Fault(DoubleValidationVote{fault_item<Vote>(), fault_item<Vote>()});
        }
    }
    LedgerTransaction transaction() {
        const auto secret = secret_key();
        const AccountKey sender = secret.public_key();
        MoonlightPayload payload{.chain_id = ChainId{static_cast<std::uint8_t>(below(256))},
                                 .sender = sender,
                                 .receiver = secret_key().public_key(),
                                 .value = {number()},
                                 .deposit = {number()},
                                 .fee = {{number()}, {number()}, sender},
                                 .nonce = {number()},
                                 .data = {}};
        LedgerTransaction out;
        out.version = static_cast<std::uint32_t>(number());
        out.type = static_cast<std::uint32_t>(number());
        out.format = below(2) == 0 ? TransactionFormat::aegis : TransactionFormat::boreas;
        out.transaction.body = MoonlightTransaction::sign(std::move(payload), secret).value();
        return out;
    }
    BlockHeader header() {
        BlockHeader out;
        out.version = static_cast<std::uint8_t>(below(256));
        out.height = {number()};
        out.timestamp = number();
        out.prev_block_hash = name<BlockHash>();
        out.seed = name<Seed>();
        out.state_root = name<StateRoot>();
        ByteArray<EventBloom::kSize> bloom{};
        random_.fill(bloom);
        out.event_bloom = EventBloom(bloom);
        out.generator = name<KeyBytes>();
        out.transactions_root = name<MerkleRoot>();
        out.faults_root = name<MerkleRoot>();
        out.gas_limit = {number()};
        out.iteration = static_cast<std::uint8_t>(below(256));
        out.prev_block_certificate = attestation();
        out.failed_iterations = iterations();
        out.attestation = attestation();
        out.hash = name<BlockHash>();
        out.signature = name<SignatureBytes>();
        return out;
    }
    Block block() {
        Block out{.header = header()};
        for (std::uint64_t i = below(3); i > 0; --i) out.transactions.push_back(transaction());
        for (std::uint64_t i = below(3); i > 0; --i) out.faults.push_back(fault());
        return out;
    }
    InventoryItem inventory_item() {
        switch (below(6)) {
            case 0:
                return PooledTransaction{name<TransactionId>()};
            case 1:
                return BlockByHash{name<BlockHash>()};
            case 2:
                return BlockByHeight{{number()}};
            case 3:
                return CandidateByHash{name<BlockHash>()};
            case 4:
                return CandidateOfIteration{consensus_header()};
            default:
                return ValidationResultOf{consensus_header()};
        }
    }
    Inventory inventory() {
        Inventory out{.max_entries = static_cast<std::uint16_t>(number())};
        for (std::uint64_t i = below(20); i > 0; --i) out.items.push_back(inventory_item());
        return out;
    }
    SocketAddress address() {
        SocketAddress out{.port = static_cast<std::uint16_t>(number())};
        if (below(2) == 0) {
            ByteArray<16> ip{};
            random_.fill(ip);
            out.ip = ip;
        } else {
            ByteArray<4> ip{};
            random_.fill(ip);
            out.ip = ip;
        }
        return out;
    }
    MessagePayload payload() {
        switch (below(11)) {
            case 0:
                return GetResourceMessage{inventory(), address(), number(), static_cast<std::uint16_t>(number())};
            case 1:
                return GetBlocksMessage{name<BlockHash>(), name<MessageNonce>()};
            case 2:
                return TransactionMessage{transaction()};
            case 3:
                return BlockMessage{block()};
            case 4:
                return GetMempoolMessage{name<MessageNonce>()};
            case 5:
                return InventoryMessage{inventory()};
            case 6:
                return CandidateMessage{block()};
            case 7:
                return ValidationMessage{consensus_header(), vote(), sign_info()};
            case 8:
                return RatificationMessage{consensus_header(), vote(), number(), validation_result(), sign_info()};
            case 9:
                return QuorumMessage{consensus_header(), attestation()};
            default:
                return ValidationQuorumMessage{consensus_header(), validation_result()};
        }
    }
    Message message() {
        return {{static_cast<std::uint8_t>(number()), static_cast<std::uint16_t>(number()),
                 static_cast<std::uint16_t>(number())},
                payload()};
    }

  private:
    crypto::ChaChaRng random_;
};

}  // namespace dusk::ledger
