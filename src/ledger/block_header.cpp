#include "ledger/block_header.hpp"

#include "crypto/keccak.hpp"

namespace dusk::ledger {

BlockHash BlockHeader::content_hash() const {
    Writer out(1024);
    write_hashable(out);
    return {crypto::sha3_256(out.view())};
}

void BlockHeader::write_hashable(Writer& out) const {
    out.u8(version).le(height.value).le(timestamp);
    prev_block_hash.write(out);
    seed.write(out);
    state_root.write(out);
    out.bytes(event_bloom.bytes());
    generator.write(out);
    transactions_root.write(out);
    faults_root.write(out);
    out.le(gas_limit.value).u8(iteration);
    prev_block_certificate.write(out);
    failed_iterations.write(out);
}

BlockHeader BlockHeader::read(WireReader& in) {
    BlockHeader out;
    out.version = in.u8();
    out.height = {in.le<std::uint64_t>()};
    out.timestamp = in.le<std::uint64_t>();
    out.prev_block_hash = BlockHash::read(in);
    out.seed = Seed::read(in);
    out.state_root = StateRoot::read(in);
    out.event_bloom = EventBloom(in.array<EventBloom::kSize>());
    out.generator = KeyBytes::read(in);
    out.transactions_root = MerkleRoot::read(in);
    out.faults_root = MerkleRoot::read(in);
    out.gas_limit = {in.le<std::uint64_t>()};
    out.iteration = in.u8();
    out.prev_block_certificate = Attestation::read(in);
    out.failed_iterations = IterationsInfo::read(in);
    out.attestation = Attestation::read(in);
    out.hash = BlockHash::read(in);
    out.signature = SignatureBytes::read(in);
    return out;
}

void BlockHeader::write(Writer& out) const {
    write_hashable(out);
    attestation.write(out);
    hash.write(out);
    signature.write(out);
}

ConsensusHeader consensus_header(const BlockHeader& header) {
    return {header.prev_block_hash, header.height.value, header.iteration};
}

BlockHeader genesis_header(const StateRoot& state, std::uint64_t timestamp) {
    BlockHeader header;
    header.timestamp = timestamp;
    header.state_root = state;
    header.hash = header.content_hash();
    return header;
}

}  // namespace dusk::ledger
