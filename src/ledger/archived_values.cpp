#include "ledger/archived_values.hpp"

namespace dusk::ledger {
namespace {

template <class Raw, class T>
Raw raw(const Unchecked<T>& value) {
    return *Raw::from_archive(value.archive());  // of the right size
}

}  // namespace

Result<AccountKey, crypto::BlsError> account_key(const Unchecked<AccountKey>& key) {
    return AccountKey::from_raw(raw<crypto::RawG2>(key));
}

ByteArray<AccountKey::kSize> account_bytes(const Unchecked<AccountKey>& key) {
    return raw<crypto::RawG2>(key).to_compressed();
}

Result<crypto::BlsSignature, crypto::BlsError> account_signature(const Unchecked<crypto::BlsSignature>& signature) {
    return crypto::BlsSignature::from_raw(raw<crypto::RawG1>(signature));
}

}  // namespace dusk::ledger
