// Every function that JavaScript may call, in the order of docs/design/wasm.md, which says what each takes and gives.
#pragma once

#include "walletcore/abi.hpp"

namespace dusk::walletcore {

using In = const std::uint8_t*;  // bytes, a buffer or an amount
using Out = std::uint8_t*;       // bytes of a size that the function fixes
using NewBuffer = std::uint8_t**;

// ---- the official wallet core (official_keys.cpp, official_notes.cpp, official_phoenix.cpp, official_moonlight.cpp)
std::uint8_t* allocate_for_caller(std::uint32_t size);
void free_for_caller(std::uint8_t* bytes, std::uint32_t size);
Status generate_profile(In seed, std::uint32_t index, Out profile);
Status display_scalar(In scalar, Out text);
Status accounts_into_raw(In accounts, NewBuffer raws);
Status map_owned(In seed, In indexes, In notes, NewBuffer owned, Out last);
Status balance(In seed, std::uint32_t index, In notes, Out sums);
Status pick_notes(In seed, std::uint32_t index, In cost, Out notes);
Status bookmarks(In notes, NewBuffer positions);
Status phoenix_transaction(In rng, In seed, std::uint32_t index, In receiver, In inputs, In openings, In root, In value,
                           std::uint32_t obfuscated, In deposit, In gas_limit, In gas_price, std::uint32_t chain_id,
                           In data, NewBuffer transaction, NewBuffer request);
Status phoenix_to_moonlight(In rng, In seed, std::uint32_t index, In inputs, In openings, In nullifiers, In root,
                            In value, In gas_limit, In gas_price, std::uint32_t chain_id, NewBuffer transaction,
                            NewBuffer request);
Status into_proven(In transaction, In proof, NewBuffer proven, Out hash);
Status moonlight_transaction(In seed, std::uint32_t index, In receiver, In value, In deposit, In gas_limit,
                             In gas_price, In nonce, std::uint32_t chain_id, In data, NewBuffer transaction, Out hash);
Status moonlight_to_phoenix(In rng, In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                            std::uint32_t chain_id, NewBuffer transaction, Out hash);
Status moonlight_stake(In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                       std::uint32_t chain_id, NewBuffer transaction, Out hash);
Status moonlight_unstake(In rng, In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                         std::uint32_t chain_id, NewBuffer transaction, Out hash);
Status moonlight_stake_reward(In rng, In seed, std::uint32_t index, In value, In gas_limit, In gas_price, In nonce,
                              std::uint32_t chain_id, NewBuffer transaction, Out hash);
Status create_tx_data(In name_size, In name, In args_size, In args, In contract, In memo_size, In memo, NewBuffer data);
Status create_deploy_tx_data(In code_size, In code, In owner_size, In owner, In init_size, In init, In nonce,
                             NewBuffer data);
Status contract_id(In code_size, In code, In owner_size, In owner, In nonce, Out id);

// ---- what the official one lacks: texts and keys (keys.cpp, vault.cpp), notes and calls (notes.cpp)
Status last_error(NewBuffer out);
Status module_info(NewBuffer out);
Status phrase_from_entropy(In entropy, NewBuffer phrase);
Status phrase_to_seed(In phrase, Out seed);
Status profile_texts(In seed, std::uint32_t index, NewBuffer json);
Status account_text(In key, NewBuffer text);
Status address_text(In key, NewBuffer text);
Status account_of_text(In text, Out key);
Status address_of_text(In text, Out key);
Status sign_message(In seed, std::uint32_t index, In message, Out signature, Out key);
Status keystore_seal(In seed, In phrase, std::uint32_t profiles, In password, std::uint32_t passes,
                     std::uint32_t memory_mib, In rng, NewBuffer file);
Status keystore_open(In file, In password, Out seed, Out profiles, NewBuffer phrase);
Status argon2id(In password, In salt, std::uint32_t passes, std::uint32_t memory_kib, Out key);
Status scan_notes(In seed, In indexes, In leaves, NewBuffer records);
Status wallet_call(std::uint32_t kind, In rng, In seed, std::uint32_t index, In value, In nonce, In nullifiers,
                   std::uint32_t to_notes, std::uint32_t chain_id, NewBuffer data);

// ---- the prover (prover_exports.cpp)
Status powers_development(std::uint32_t first, std::uint32_t count, NewBuffer raw);
Status powers_decode(In compressed, NewBuffer raw);
Status powers_set(In raw);
Status msm(std::uint32_t first, std::uint32_t count, In scalars, Out sum);
Status key_begin(std::uint32_t inputs, In rng);
Status key_load(std::uint32_t inputs, In key);
Status key_get(NewBuffer key);
Status proof_begin(In request, In rng);
std::uint32_t pending_count();
std::uint32_t pending_size(std::uint32_t index);
const std::uint8_t* pending_scalars(std::uint32_t index);
Status pending_commit(std::uint32_t index, In sums);
Status coset_work(NewBuffer work);
Status coset_quotient(In work, std::uint32_t coset, NewBuffer coefficients);
Status coset_give(std::uint32_t coset, In coefficients);
Status resume();
Status proof_get(NewBuffer proof);

}  // namespace dusk::walletcore
