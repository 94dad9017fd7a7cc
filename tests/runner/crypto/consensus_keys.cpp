// consensus_keys.json
#include "crypto/consensus_keys.hpp"

#include "crypto/aes_gcm.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/pbkdf2.hpp"
#include "crypto/sha2.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

// Draws the bytes that the reference drew.
class Replay final : public RandomSource {
  public:
    explicit Replay(Bytes bytes) : bytes_(std::move(bytes)) {}
    void fill(MutableByteView out) override {
        for (auto& byte : out) byte = bytes_.at(at_++);
    }

  private:
    Bytes bytes_;
    std::size_t at_ = 0;
};

// The file opens and holds the keys of the case.
crypto::ConsensusKeys opened(const Node& file, ByteView content, ByteView password, crypto::ConsensusKeysFormat format,
                             Report& report) {
    auto keys = crypto::open_consensus_keys(content, password);
    if (!keys) file.complain(crypto::to_string(keys.error()));
    report.expect(keys->format == format, file, "is taken for the other format");
    return std::move(keys->keys);
}

void one_file(const Node& c, Report& report) {
    using crypto::ConsensusKeysFormat;
    const std::string password_text = c["password"].text();
    const ByteView password = as_bytes(password_text);

    crypto::ChaChaRng rng(c["sk_std_rng_seed"].u64());
    const crypto::BlsSecretKey secret_key = crypto::BlsSecretKey::random(rng);
    const crypto::BlsPublicKey public_key = secret_key.public_key();
    report.expect_bytes(secret_key.to_bytes().reveal(), c["sk"]);
    report.expect_bytes(public_key.to_bytes(), c["pk"]);
    report.expect_bytes(public_key.to_bytes(), c["cpk_file"]);
    const auto cpk = crypto::BlsPublicKey::from_bytes(c["cpk_file"].hex());
    report.expect(cpk && *cpk == public_key, c["cpk_file"], "does not decode to the public key");

    const auto expect_keys = [&](const crypto::ConsensusKeys& keys, const Node& file) {
        report.expect(keys.secret_key.to_bytes() == secret_key.to_bytes(), file, "holds another secret key");
        report.expect(keys.public_key == public_key, file, "holds another public key");
        report.expect(keys.belong_together(), file, "the keys should belong together");
    };

    const std::string file = c["file_ascii"].text();
    const auto keys = opened(c["file_ascii"], as_bytes(file), password, ConsensusKeysFormat::current, report);
    expect_keys(keys, c["file_ascii"]);
    Bytes draws = c["salt"].hex();
    append(draws, c["iv"].hex());
    Replay replay(draws);
    report.expect(crypto::seal_consensus_keys(keys, password, replay) == file, c["file_ascii"], "is written otherwise");

    const auto aes_key = crypto::pbkdf2_sha256(password, c["salt"].hex(), 10'000);
    report.expect_bytes(aes_key.reveal(), c["aes_key"]);
    const Bytes sealed = Json::parse(file).at("key_pair").get<Bytes>();
    const auto plaintext = crypto::aes256_gcm_open(aes_key, c["iv"].array<12>(), sealed);
    report.expect(plaintext && plaintext->reveal_text() == c["plaintext_ascii"].text(), c["plaintext_ascii"],
                  "is not what the file holds");

    const Bytes old_file = c["old_file"].hex();
    expect_keys(opened(c["old_file"], old_file, password, ConsensusKeysFormat::old, report), c["old_file"]);
    report.expect_bytes(ByteView(old_file).first(16), c["old_iv"]);
    const crypto::AesKey old_key(crypto::sha256(password));
    report.expect_bytes(old_key.reveal(), c["old_key"]);
    const auto old_plaintext =
        crypto::aes256_cbc_open(old_key, c["old_iv"].array<16>(), ByteView(old_file).subspan(16));
    report.expect(old_plaintext && old_plaintext->reveal_text() == c["plaintext_ascii"].text(), c["plaintext_ascii"],
                  "is not what the old file holds");

    for (const ByteView any : {as_bytes(file), ByteView(old_file)}) {
        report.expect(
            crypto::open_consensus_keys(any, as_bytes("wrong")).has_value() == c["wrong_password_ok"].boolean(),
            c["wrong_password_ok"], "another password is judged otherwise");
    }
    const std::string mismatched = c["mismatched_pair_file_ascii"].text();
    const auto pair = crypto::open_consensus_keys(as_bytes(mismatched), password);
    report.expect(pair.has_value() == c["mismatched_pair_ok"].boolean(), c["mismatched_pair_ok"],
                  "keys that do not belong together are judged otherwise");
    report.expect(!pair || !pair->keys.belong_together(), c["mismatched_pair_file_ascii"], "the mismatch is not seen");
}

void consensus_keys(const Node& root, Report& report) {
    for (const Node& c : root["files"].items()) report.run(c, [&] { one_file(c, report); });
}

const Registered registered{{"crypto", "consensus_keys", {"files"}, consensus_keys}};

}  // namespace
}  // namespace dusk::vectors
