// The wallet core as WebAssembly against the reference results of tests/vectors and, function by function, against the
// official module: the same inputs, the same bytes.
//
//     node abi_test.mjs OUR_MODULE
import assert from 'node:assert/strict';
import test from 'node:test';

import { archivedList, bytes, hex, text, WalletCore } from './module.mjs';
import { officialModule } from './official.mjs';
import { vectors } from './vectors.mjs';

const ours = new WalletCore(process.argv[2]);
const official = new WalletCore(officialModule());
const both = [ours, official];

const LEAF = 736;
const ARGON2ID = 'fc33b78139231d34b71626bd6245c1d72efa190ad605c3d8166a72adcedfa2c2';  // by libsodium
const PROFILE = 160;

// Reproducible and different for every name.
function seeded(name, size) {
  const out = new Uint8Array(size);
  let state = 2166136261;
  for (const character of name) state = Math.imul(state ^ character.charCodeAt(0), 16777619) >>> 0;
  for (let i = 0; i < size; ++i) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[i] = state >>> 24;
  }
  return out;
}

function profile(core, seed, index) {
  const out = core.room(PROFILE);
  core.ok('generate_profile', core.put(seed), index, out);
  return core.read(out, PROFILE);
}

test('the module has every export of the official one, and no import', () => {
  for (const name of official.names) assert.ok(ours.names.includes(name), `${name} is missing`);
  for (const name of ['KEY_SIZE', 'ITEM_SIZE']) {
    assert.equal(ours.view.getUint32(ours.exports[name].value, true),
      official.view.getUint32(official.exports[name].value, true), name);
  }
  assert.equal(ours.u64At(ours.exports.MINIMUM_STAKE.value), official.u64At(official.exports.MINIMUM_STAKE.value));
});

test('keys: profiles, accounts in raw form, phrases', () => {
  for (const one of vectors('interfaces', 'keys').keys) {
    const seed = bytes(one.seed);
    for (const expected of one.profiles) {
      for (const core of both) assert.equal(hex(profile(core, seed, expected.index)), expected.phoenix_pk + expected.bls_pk);
      for (const core of both) {
        const raw = core.newBuffer('accounts_into_raw', core.buffer(bytes(expected.bls_pk)));
        assert.equal(hex(raw), expected.bls_pk_rkyv);
      }
      const texts = JSON.parse(new TextDecoder().decode(ours.newBuffer('profile_texts', ours.put(seed), expected.index)));
      assert.deepEqual(texts, { account: expected.account, address: expected.address });
      for (const [kind, key] of [['account', expected.bls_pk], ['address', expected.phoenix_pk]]) {
        const out = ours.room(key.length / 2);
        ours.ok(`${kind}_of_text`, ours.buffer(text(expected[kind])), out);
        assert.equal(hex(ours.read(out, key.length / 2)), key);
        const written = ours.newBuffer(`${kind}_text`, ours.put(bytes(key)));
        assert.equal(new TextDecoder().decode(written), expected[kind]);
      }
    }
    const phrase = ours.newBuffer('phrase_from_entropy', ours.buffer(bytes(one.entropy)));
    assert.equal(new TextDecoder().decode(phrase), one.mnemonic);
    const out = ours.room(64);
    ours.ok('phrase_to_seed', ours.buffer(text(one.mnemonic)), out);
    assert.equal(hex(ours.read(out, 64)), one.seed);
  }
});

test('notes: owned, balance, picked, bookmarks', () => {
  for (const one of vectors('interfaces', 'notes').notes) {
    const leaves = bytes(one.leaves.join(''));
    const archive = archivedList(leaves, one.leaves.length);
    const results = both.map((core) => {
      const last = core.room(16);
      const owned = core.newBufferBefore('map_owned', [core.put(bytes(one.seed)), core.put(Uint8Array.of(2, 0, 1)),
        core.buffer(archive)], [last]);
      const sums = core.room(16);
      core.ok('balance', core.put(bytes(one.seed)), 0, core.buffer(ownedLeaves(owned, 0)), sums);
      const picks = one.picks_profile0.map(({ cost }) => {
        const list = ownedList(owned, 0);
        const notes = core.buffer(list);
        core.ok('pick_notes', core.put(bytes(one.seed)), 0, core.u64(cost), notes);
        return core.readBuffer(notes);
      });
      const marks = core.room(4);
      core.ok('bookmarks', core.buffer(archive), marks);
      return { owned, last: core.read(last, 16), balance: core.read(sums, 16), picks,
        bookmarks: core.read(core.pointerAt(marks), 8 * one.leaves.length) };
    });
    assert.deepEqual(results[0], results[1]);
    const [result] = results;
    const view = new DataView(result.balance.buffer);
    assert.equal(String(view.getBigUint64(0, true)), String(one.balance_profile0.value));
    assert.equal(String(view.getBigUint64(8, true)), String(one.balance_profile0.spendable));
    one.owned.forEach((expected, index) => {
      const found = entries(ownedList(result.owned, index));
      assert.deepEqual(found.map(({ key, position }) => ({ key, position })),
        expected.map(({ nullifier_rkyv, pos }) => ({ key: nullifier_rkyv, position: String(pos) })));
    });
    one.picks_profile0.forEach((expected, i) => {
      assert.deepEqual(entries(result.picks[i]).map(({ position }) => position), expected.picked_pos.map(String));
    });
    scanned(one, leaves);
  }
});

// The same by our own function, of the stream as a node sends it.
function scanned(one, leaves) {
  const records = ours.newBuffer('scan_notes', ours.put(bytes(one.seed)), ours.put(Uint8Array.of(2, 0, 1)),
    ours.buffer(leaves));
  assert.equal(records.length % 848, 0);
  const found = [[], []];
  for (let at = 0; at < records.length; at += 848) {
    const view = new DataView(records.buffer, records.byteOffset + at, 848);
    found[view.getUint8(824)].push({ pos: String(view.getBigUint64(736, true)), value: String(view.getBigUint64(752, true)),
      nullifier: hex(records.subarray(at + 760, at + 792)) });
    assert.equal(view.getUint8(825), 1, 'a note does not open');
  }
  one.owned.forEach((expected, index) => {
    assert.deepEqual(found[index].map(({ pos, nullifier }) => ({ pos, nullifier })),
      expected.map(({ pos, nullifier }) => ({ pos: String(pos), nullifier })));
    if (index === 0) assert.deepEqual(found[0].map(({ value }) => value), expected.map(({ value }) => String(value)));
  });
}

// Of the lists that map_owned gives, that of one index, as an archive of its own: (scalar 32, leaf 736) each.
function ownedList(archive, index) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const root = archive.length - 8;
  const at = root + view.getInt32(root, true) + 8 * index;
  const start = at + view.getInt32(at, true);
  const count = view.getUint32(at + 4, true);
  return archivedList(archive.slice(start, start + count * (32 + LEAF)), count);
}

function entries(archive) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const root = archive.length - 8;
  const start = root + view.getInt32(root, true);
  return Array.from({ length: view.getUint32(root + 4, true) }, (_, i) => {
    const at = start + i * (32 + LEAF);
    const leaf = archive.slice(at + 32, at + 32 + LEAF);
    return { key: hex(archive.slice(at, at + 32)), leaf, position: String(new DataView(leaf.buffer).getBigUint64(648, true)) };
  });
}

function ownedLeaves(archive, index) {
  const found = entries(ownedList(archive, index));
  return archivedList(Uint8Array.from(found.flatMap(({ leaf }) => [...leaf])), found.length);
}

// A transaction and its id, by the function behind it.
function made(core, name, before) {
  const hash = core.room(64);
  const transaction = core.newBufferBefore(name, before, [hash]);
  return { transaction: hex(transaction), hash: new TextDecoder().decode(core.read(hash, 64)) };
}

function dataOf(core, op, args) {
  const string = (value) => [core.u32(value.length), core.put(value)];
  if (op === 'transfer_memo') return core.newBuffer('create_tx_data', 0, 0, 0, 0, 0, ...string(bytes(args.memo)));
  if (op === 'call') {
    return core.newBuffer('create_tx_data', ...string(text(args.fn)), ...string(bytes(args.args)), core.put(bytes(args.contract)), 0, 0);
  }
  const owner = profile(core, bytes(args.seed), args.owner_profile).slice(64);
  return core.newBuffer('create_deploy_tx_data', ...string(bytes(args.bytecode)), ...string(owner), ...string(bytes(args.init_args)),
    core.u64(args.deploy_nonce));
}

function operation(core, op, args) {
  const seed = core.put(bytes(args.seed));
  const gas = [core.u64(args.gas_limit), core.u64(args.gas_price), core.u64(args.nonce), args.chain_id];
  const random = () => core.put(bytes(args.rng_seed));
  const simple = { stake: 'moonlight_stake', unstake: 'moonlight_unstake', claim_rewards: 'moonlight_stake_reward',
    shield: 'moonlight_to_phoenix' };
  if (op === 'stake') return made(core, simple[op], [seed, args.profile, core.u64(args.value), ...gas]);
  if (op in simple) return made(core, simple[op], [random(), seed, args.profile, core.u64(args.value), ...gas]);
  const receiver = 'receiver_profile' in args ? core.put(profile(core, bytes(args.seed), args.receiver_profile).slice(64)) : 0;
  const data = op === 'transfer' ? 0 : core.buffer(dataOf(core, op, args));
  return made(core, 'moonlight', [seed, args.profile, receiver, core.u64(receiver === 0 ? 0 : args.value),
    core.u64(args.deposit ?? 0), ...gas, data]);
}

test('transactions of the released wallet, byte for byte', () => {
  const { transactions, contract_id: contract } = vectors('interfaces', 'wallet_txs').wallet_txs;
  const ops = new Set();
  for (const { op, args, network_bytes, hash } of transactions) {
    ops.add(op);
    for (const core of both) {
      const one = operation(core, op, args);
      assert.equal(one.transaction, network_bytes, `${op} by ${core.path}`);
      assert.equal(one.hash, hash, op);
    }
  }
  assert.ok(ops.size >= 8, `only ${[...ops]}`);
  for (const core of both) {
    const id = core.room(32);
    const owner = bytes(contract.owner);
    const bytecode = bytes(contract.bytecode);
    core.ok('contract_id', core.u32(bytecode.length), core.put(bytecode), core.u32(owner.length), core.put(owner),
      core.u64(contract.deploy_nonce), id);
    assert.equal(hex(core.read(id, 32)), contract.id);
  }
});

test('random inputs: the same as the official module', () => {
  for (let i = 0; i < 4; ++i) {
    const args = { seed: hex(seeded(`seed ${i}`, 64)), profile: i, receiver_profile: i + 1, owner_profile: i, value: `${i * 1000 + 7}`,
      gas_limit: `${1000000 + i}`, gas_price: `${i}`, nonce: `${i}`, chain_id: i, memo: hex(seeded(`memo ${i}`, 100 + 137 * i)),
      fn: `function_${'x'.repeat(3 * i)}`, args: hex(seeded(`args ${i}`, 40 * i)), contract: hex(seeded(`contract ${i}`, 32)),
      deposit: `${i}`, bytecode: hex(seeded(`code ${i}`, 100 * i)), init_args: hex(seeded('init', i)), deploy_nonce: `${i}`,
      rng_seed: hex(seeded(`rng ${i}`, 32)) };
    for (const op of ['transfer', 'transfer_memo', 'call', 'deploy', 'stake', 'unstake', 'claim_rewards', 'shield']) {
      const [a, b] = both.map((core) => operation(core, op, args));
      assert.deepEqual(a, b, op);
    }
  }
});

test('bad inputs: the same status, and nothing lost', () => {
  const noMoney = (core) => [core.u64(0), core.u64(0), core.u64(1), core.u64(1), core.u64(1), 0];
  const cases = {
    'a receiver that is no account': ['moonlight', (core) => [core.room(64), 0, core.put(new Uint8Array(96).fill(7)),
      ...noMoney(core), 0, core.room(4), core.room(64)]],
    'data that is no archive': ['moonlight', (core) => [core.room(64), 0, 0, ...noMoney(core), core.buffer(Uint8Array.of(1, 2, 3)),
      core.room(4), core.room(64)]],
    'a memo that is too long': ['moonlight', (core) => [core.room(64), 0, 0, ...noMoney(core),
      core.buffer(dataOf(core, 'transfer_memo', { memo: '00'.repeat(513) })), core.room(4), core.room(64)]],
    'notes that are no archive': ['map_owned', (core) => [core.room(64), core.put(Uint8Array.of(1, 0)),
      core.buffer(seeded('notes', 800)), core.room(4), core.room(16)]],
    'a list that claims more than there is': ['bookmarks', (core) => [core.buffer(archivedList(new Uint8Array(0), 9)), core.room(4)]],
    'accounts that are none': ['accounts_into_raw', (core) => [core.buffer(new Uint8Array(96).fill(9)), core.room(4)]],
    'a deployment without bytecode': ['contract_id', (core) => [0, 0, 0, 0, 0, core.room(32)]],
    'a transaction that is none': ['into_proven', (core) => [core.buffer(new Uint8Array(40)), core.buffer(new Uint8Array(8)),
      core.room(4), core.room(64)]],
  };
  for (const [what, [name, args]] of Object.entries(cases)) {
    const [a, b] = both.map((core) => core.call(name, ...args(core)));
    assert.notEqual(a, 0, what);
    assert.equal(a, b, what);
    assert.notEqual(ours.lastError(), '', what);
  }
  assert.equal(profile(ours, new Uint8Array(64), 0).length, PROFILE);
});

test('scalars are shown alike', () => {
  for (const one of vectors('interfaces', 'notes').notes.slice(0, 3)) {
    for (const { nullifier, nullifier_rkyv } of one.owned.flat()) {
      for (const core of both) {
        const out = core.room(64);
        core.ok('display_scalar', core.put(bytes(nullifier_rkyv)), out);
        const shown = new TextDecoder().decode(core.read(out, 64));
        assert.equal(shown, hex(bytes(nullifier).reverse()));
      }
    }
  }
});

test('a wallet file is sealed and opened; the official ones open', () => {
  const seed = seeded('keystore', 64);
  const password = text('correct horse');
  const file = ours.newBuffer('keystore_seal', ours.put(seed), 0, 3, ours.buffer(password), 1, 8, ours.put(seeded('rng', 32)));
  const open = (content, word) => {
    const [out, count, phrase] = [ours.room(64), ours.room(1), ours.room(4)];
    const status = ours.call('keystore_open', ours.buffer(content), ours.buffer(word), out, count, phrase);
    return { status, seed: hex(ours.read(out, 64)), profiles: ours.read(count, 1)[0] };
  };
  assert.deepEqual(open(file, password), { status: 0, seed: hex(seed), profiles: 3 });
  assert.equal(open(file, text('wrong')).status, 249);
  assert.match(ours.lastError(), /password/);
  assert.equal(open(file.slice(0, -9), password).status, 249);
});

test('a message is signed, and Argon2id is that of RFC 9106 with 1.3 and one lane', () => {
  const seed = seeded('signer', 64);
  const [signature, key] = [ours.room(48), ours.room(96)];
  ours.ok('sign_message', ours.put(seed), 2, ours.buffer(text('hello')), signature, key);
  assert.equal(hex(ours.read(key, 96)), hex(profile(ours, seed, 2).slice(64)));
  assert.notEqual(hex(ours.read(signature, 48)), '00'.repeat(48));
  const out = ours.room(32);
  ours.ok('argon2id', ours.buffer(text('password')), ours.put(text('somesaltsomesalt')), 2, 65536, out);
  assert.equal(hex(ours.read(out, 32)), ARGON2ID);
  assert.equal(ours.call('argon2id', ours.buffer(text('password')), ours.put(text('somesaltsomesalt')), 0, 65536, out), 249);
});
