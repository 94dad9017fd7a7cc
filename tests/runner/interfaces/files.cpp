// files.json: the files of wallets and provisioners, and the signature of an uploaded data driver.
#include "crypto/aes_gcm.hpp"
#include "crypto/consensus_keys.hpp"
#include "crypto/keccak.hpp"
#include "crypto/pbkdf2.hpp"
#include "report.hpp"
#include "wallet/wallet_dat.hpp"

namespace dusk::vectors {
namespace {

void wallet_dat(const Node& c, Report& report) {
    const SecretBytes password(std::string_view(c["password"].text()));
    const auto opened = wallet::open_wallet_dat(c["file"].hex(), password);
    if (!opened) c["file"].complain(wallet::to_string(opened.error()));
    report.expect_bytes(opened->seed().reveal(), c["seed"]);
    report.expect(opened->profiles() == c["profiles"].u64(), c["profiles"], "another number of profiles");
    const auto key = crypto::pbkdf2_sha256(password.reveal(), c["salt"].hex(), 10'000);
    report.expect_bytes(key.reveal(), c["aes_key"]);
    Bytes plain = c["seed"].hex();
    plain.push_back(opened->profiles());
    const Bytes sealed = crypto::aes256_gcm_seal(key, c["iv"].array<12>(), plain);
    const Bytes file = c["file"].hex();
    report.expect(equal(ByteView(file).last(sealed.size()), sealed), c["file"], "holds something else");
    report.expect(!wallet::open_wallet_dat(file, SecretBytes(std::string_view("another"))), c["file"],
                  "opens with another password");
}

void consensus_keys(const Node& c, Report& report) {
    c["note"].describe();
    const std::string password = c["password"].text();
    const auto opened = crypto::open_consensus_keys(as_bytes(c["keys_file"].text()), as_bytes(password));
    if (!opened) c["keys_file"].complain(crypto::to_string(opened.error()));
    report.expect_bytes(opened->keys.secret_key.to_bytes().reveal(), c["sk"]);
    report.expect_bytes(opened->keys.public_key.to_bytes(), c["pk"]);
    report.expect_bytes(opened->keys.public_key.to_bytes(), c["cpk_file"]);
    report.expect(opened->keys.belong_together(), c["keys_file"], "the keys should belong together");
}

void driver_upload(const Node& c, Report& report) {
    const auto digest = crypto::sha3_256(c["driver"].hex());
    report.expect_bytes(digest, c["sha3_256"]);
    const auto key = crypto::BlsSecretKey::from_bytes(c["sk"].hex());
    if (!key) c["sk"].complain("is no secret key");
    report.expect_bytes(key->sign(digest).to_bytes(), c["sign_header"]);
}

void files(const Node& root, Report& report) {
    root["seed"].describe();
    root["crates"].describe();
    const Node all = root["files"];
    for (const Node& c : all["wallet_dat"].items()) report.run(c, [&] { wallet_dat(c, report); });
    report.run(all["consensus_keys"], [&] { consensus_keys(all["consensus_keys"], report); });
    report.run(all["driver_upload"], [&] { driver_upload(all["driver_upload"], report); });
}

const Registered registered{{"interfaces", "files", {"crates", "files", "seed"}, files}};

}  // namespace
}  // namespace dusk::vectors
