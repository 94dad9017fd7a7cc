// raw_inputs.json: schnorr
#include "crypto/raw_inputs.hpp"
#include "crypto/schnorr_raw.hpp"

namespace dusk::vectors {

namespace {

std::string outcome(const Result<void, crypto::schnorr::RawVerifyError>& result) {
    using enum crypto::schnorr::RawVerifyError;
    if (result) return "Ok(())";
    switch (result.error()) {
        case invalid_point:
            return "Err(InvalidPoint)";
        case invalid_signature:
            return "Err(InvalidSignature)";
        case aborted:
            return "panic";
        case bad_length:
            break;
    }
    return "an archive of the wrong size";
}

}  // namespace

void raw_schnorr(const Node& section, Report& report) {
    for (const Node& c : section.items()) {
        report.run(c, [&] {
            c["note"].describe();
            const std::string got = outcome(
                crypto::schnorr::verify_raw(c["pk_archive"].hex(), c["sig_archive"].hex(), c["msg_limbs"].hex()));
            report.expect(got == c["result"].text(), c["result"], "got " + got);
        });
    }
}

}  // namespace dusk::vectors
