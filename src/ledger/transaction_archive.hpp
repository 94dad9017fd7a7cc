// Archives of transactions (spec/transactions.md §13): what the transfer contract is given.
#pragma once

#include "ledger/archived_values.hpp"
#include "ledger/transaction.hpp"

namespace dusk {

template <>
struct Archived<ledger::BlobContent>
    : ArchivedPlain<Archived<ledger::BlobContent>, ledger::BlobContent, ledger::BlobContent::kSize, 1> {
    static void store(const ledger::BlobContent& value, MutableByteView to) {
        std::ranges::copy(value.bytes(), to.begin());
    }
    static ledger::BlobContent load(ByteView from) { return ledger::BlobContent::copy_of(from); }
};
template <>
struct Archived<ledger::BlobSidecar>
    : ArchivedStruct<ledger::BlobSidecar, ledger::BlobSidecar::kSize, 1, Field<&ledger::BlobSidecar::commitment, 0>,
                     Field<&ledger::BlobSidecar::proof, 48>, Field<&ledger::BlobSidecar::content, 96>> {};
// The same size without a sidecar. Contracts are never given one.
template <>
struct Archived<ledger::Blob>
    : ArchivedStruct<ledger::Blob, 131201, 1, Field<&ledger::Blob::hash, 131169>, Field<&ledger::Blob::sidecar, 0>> {};

template <>
struct Archived<ledger::ContractCall>
    : ArchivedStruct<ledger::ContractCall, 48, 4, Field<&ledger::ContractCall::contract, 0>,
                     Field<&ledger::ContractCall::fn_name, 32>, Field<&ledger::ContractCall::fn_args, 40>> {};
template <>
struct Archived<ledger::ContractDeploy>
    : ArchivedStruct<ledger::ContractDeploy, 72, 8, Field<&ledger::ContractDeploy::hash, 0>,
                     Field<&ledger::ContractDeploy::bytecode, 32>, Field<&ledger::ContractDeploy::owner, 40>,
                     Field<&ledger::ContractDeploy::init_args, 56>, Field<&ledger::ContractDeploy::nonce, 48>> {};
// The fields of a variant count from its tag.
template <>
struct Archived<ledger::TransactionData>
    : ArchivedEnum<ledger::TransactionData, 80, 8,
                   Variant<ledger::ContractCall, Field<&ledger::ContractCall::contract, 4>,
                           Field<&ledger::ContractCall::fn_name, 36>, Field<&ledger::ContractCall::fn_args, 44>>,
                   Variant<ledger::ContractDeploy, Field<&ledger::ContractDeploy::hash, 8>,
                           Field<&ledger::ContractDeploy::bytecode, 40>, Field<&ledger::ContractDeploy::owner, 48>,
                           Field<&ledger::ContractDeploy::init_args, 64>, Field<&ledger::ContractDeploy::nonce, 56>>,
                   Variant<ledger::Memo, Field<&ledger::Memo::bytes, 4>>,
                   Variant<ledger::Blobs, Field<&ledger::Blobs::blobs, 4>>> {};

template <>
struct Archived<ledger::MoonlightFee>
    : ArchivedStruct<ledger::MoonlightFee, 216, 8, Field<&ledger::MoonlightFee::gas_limit, 0>,
                     Field<&ledger::MoonlightFee::gas_price, 8>, Field<&ledger::MoonlightFee::refund_address, 16>> {};
template <>
struct Archived<ledger::MoonlightPayload>
    : ArchivedStruct<ledger::MoonlightPayload, 736, 8, Field<&ledger::MoonlightPayload::chain_id, 728>,
                     Field<&ledger::MoonlightPayload::sender, 88>, Field<&ledger::MoonlightPayload::receiver, 288>,
                     Field<&ledger::MoonlightPayload::value, 488>, Field<&ledger::MoonlightPayload::deposit, 496>,
                     Field<&ledger::MoonlightPayload::fee, 504>, Field<&ledger::MoonlightPayload::nonce, 720>,
                     Field<&ledger::MoonlightPayload::data, 0>> {};

template <>
struct Archived<phoenix::TransactionSkeleton>
    : ArchivedStruct<
          phoenix::TransactionSkeleton, 1512, 8, Field<&phoenix::TransactionSkeleton::root, 1456>,
          Field<&phoenix::TransactionSkeleton::nullifiers, 1488>, Field<&phoenix::TransactionSkeleton::outputs, 0>,
          Field<&phoenix::TransactionSkeleton::max_fee, 1496>, Field<&phoenix::TransactionSkeleton::deposit, 1504>> {};
template <>
struct Archived<ledger::PhoenixFee>
    : ArchivedStruct<ledger::PhoenixFee, 600, 8, Field<&ledger::PhoenixFee::gas_limit, 264>,
                     Field<&ledger::PhoenixFee::gas_price, 272>, Field<&ledger::PhoenixFee::stealth_address, 280>,
                     Field<&ledger::PhoenixFee::sender, 0>> {};
template <>
struct Archived<ledger::PhoenixPayload>
    : ArchivedStruct<ledger::PhoenixPayload, 2208, 8, Field<&ledger::PhoenixPayload::chain_id, 2200>,
                     Field<&ledger::PhoenixPayload::skeleton, 0>, Field<&ledger::PhoenixPayload::fee, 1512>,
                     Field<&ledger::PhoenixPayload::data, 2112>> {};

template <>
struct Archived<ledger::TransactionBody>
    : ArchivedEnum<ledger::TransactionBody, 2224, 8,
                   Variant<ledger::PhoenixTransaction, Field<&ledger::PhoenixTransaction::payload, 8>,
                           Field<&ledger::PhoenixTransaction::proof, 2216>>,
                   Variant<ledger::MoonlightTransaction, Field<&ledger::MoonlightTransaction::payload, 8>,
                           Field<&ledger::MoonlightTransaction::signature, 744>>> {};
template <>
struct Archived<ledger::Transaction>
    : ArchivedStruct<ledger::Transaction, 2224, 8, Field<&ledger::Transaction::body, 0>> {};

}  // namespace dusk
