// Every flow of a wallet that is built on the official wallet-core, against a node of ours.
//
//     node flows.mjs SETTINGS.json      {url, version, wasm, chainId, counter, wallets: [{seed, account, address}, …]}
//
// The wallets are those of a devnet's first state, of which the first stakes.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

import { check, equal, play, refused } from "../checks.mjs";
import { NodeApi, STAKE, TRANSFER } from "./node_api.mjs";
import { archivedList, split, WalletCore } from "./wallet_core.mjs";

const settings = JSON.parse(readFileSync(process.argv[2]));
const DUSK = 10n ** 9n;
const GAS = { limit: 500_000_000n, price: 1n };
const PROVISIONER = 0, PAYER = 5, PAYEE = 6;

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const unhex = (text) => new Uint8Array(Buffer.from(text, "hex"));
const u64 = (value) => new Uint8Array(new BigUint64Array([BigInt(value)]).buffer);
const random = () => webcrypto.getRandomValues(new Uint8Array(32));

const node = new NodeApi(settings.url);
const core = await WalletCore.load(readFileSync(settings.wasm));
const wallets = settings.wallets.map(({ seed, account, address }) => {
  const bytes = unhex(seed), profile = core.profile(bytes, 0);
  return { seed: bytes, index: 0, ...profile, expected: { account, address }, raw: core.accountsIntoRaw([profile.account])[0] };
});
const chainId = settings.chainId;
const [provisioner, payer, payee] = [PROVISIONER, PAYER, PAYEE].map((i) => wallets[i]);

async function terms(wallet, gas = GAS) {
  const { nonce } = await node.account(wallet.raw);
  return { seed: wallet.seed, index: wallet.index, gas, nonce: nonce + 1n, chainId, random: random() };
}

const paid = (spent) => BigInt(spent.gasSpent) * BigInt(spent.tx.gasPrice);

/** Sends, and says what it cost; a failure in the block is a failure here. */
async function send(what, transaction) {
  const spent = await node.send(transaction);
  check(what, spent.err === null && spent.id === transaction.id, spent);
  return paid(spent);
}

async function keys() {
  wallets.forEach((wallet, i) => {
    equal(`the account of wallet ${i}`, hex(wallet.account), wallet.expected.account);
    equal(`the address of wallet ${i}`, hex(wallet.address), wallet.expected.address);
  });
  equal("the least stake", core.minimumStake, 1000n * DUSK);
  const info = await node.json("/on/node/info");
  check("the node says what it is", info.chain_id === chainId && info.version === "1.7.0", info);
}

async function publicBalances() {
  equal("what the first state gave", await node.account(payer.raw), { nonce: 0n, value: 1_000_000n * DUSK });
  const stake = await node.stake(provisioner.raw);
  check("the provisioner's stake", stake && stake.value === 1_000_000n * DUSK, stake);
  equal("no stake", await node.stake(payer.raw), null);
}

let known = [];  // [nullifier, leaf] of the payer

async function notes() {
  const leaves = await node.feed(TRANSFER, "leaves_from_height", u64(0));
  equal("whole leaves", leaves.length % core.leafSize, 0);
  const { owned, position } = core.mapOwned(payer.seed, [0, 1], leaves);
  equal("notes of the two profiles", owned.map((list) => list.length), [10, 0]);
  equal("the last position", position, BigInt(leaves.length / core.leafSize - 1));
  known = owned[0];
  const ownLeaves = known.map(([, leaf]) => leaf);
  equal("their worth", core.balance(payer.seed, 0, ownLeaves), { value: 1_000_000n * DUSK, spendable: 400_000n * DUSK });
  equal("nobody else's", core.mapOwned(payee.seed, [1], leaves).owned[0].length, 0);
  equal("places", core.bookmarks(ownLeaves).every((one) => one.length === 8), true);
  equal("the count of notes", new DataView((await node.call(TRANSFER, "num_notes")).buffer).getBigUint64(0, true), position + 1n);
  const none = await node.call(TRANSFER, "existing_nullifiers", archivedList(known.map(([key]) => key)));
  equal("none is spent", new DataView(none.buffer).getUint32(none.length - 4, true), 0);
  const rest = await node.feed(TRANSFER, "leaves_from_pos", u64(position + 1n));
  equal("nothing after the last", rest.length, 0);
}

async function transfer() {
  const before = await Promise.all([node.account(payer.raw), node.account(payee.raw)]);
  const memo = new TextEncoder().encode("from the official wallet-core");
  const transaction = core.moonlight({ ...await terms(payer), receiver: payee.account, value: 12n * DUSK + 1n,
    data: core.memoData(memo) });
  const spent = await node.send(transaction);
  check("a payment with a memo", spent.err === null && spent.tx.memo === hex(memo), spent);
  const after = await Promise.all([node.account(payer.raw), node.account(payee.raw)]);
  equal("the payee has it", after[1].value, before[1].value + 12n * DUSK + 1n);
  equal("the payer paid it and the gas", after[0], { nonce: before[0].nonce + 1n,
    value: before[0].value - 12n * DUSK - 1n - paid(spent) });
}

async function shield() {
  const before = await node.account(payer.raw);
  const position = new DataView((await node.call(TRANSFER, "num_notes")).buffer).getBigUint64(0, true);
  const gas = await send("shielding", core.shield({ ...await terms(payer), value: 77n * DUSK }));
  equal("the account paid", (await node.account(payer.raw)).value, before.value - 77n * DUSK - gas);
  const leaves = await node.feed(TRANSFER, "leaves_from_pos", u64(position));
  const { owned } = core.mapOwned(payer.seed, [0], leaves);
  equal("a note came", owned[0].length, 1);
  equal("of that value", core.balance(payer.seed, 0, owned[0].map(([, leaf]) => leaf)).value, 77n * DUSK);
  known.push(...owned[0]);
}

async function staking() {
  let gas = await send("staking", core.stake({ ...await terms(payer), value: 2500n * DUSK }));
  equal("the stake", (await node.stake(payer.raw))?.value, 2500n * DUSK);
  gas += await send("more of it", core.stake({ ...await terms(payer), value: 500n * DUSK }));
  equal("the stake with more", (await node.stake(payer.raw))?.value, 3000n * DUSK);
  const before = await node.account(payer.raw);
  const first = await send("a part back", core.unstake({ ...await terms(payer), value: 1000n * DUSK }));
  equal("what is left", (await node.stake(payer.raw))?.value, 2000n * DUSK);
  const rest = await send("the rest back", core.unstake({ ...await terms(payer), value: 2000n * DUSK }));
  const left = await node.stake(payer.raw);
  check("nothing is left", left === null || left.value === 0n, left);
  equal("all came back", (await node.account(payer.raw)).value, before.value + 3000n * DUSK - first - rest);
  check("staking cost gas", gas > 0n);
}

async function rewards() {
  const { reward } = await node.stake(provisioner.raw);
  check("there are rewards", reward > 0n, reward);
  const before = await node.account(provisioner.raw);
  const gas = await send("claiming", core.claim({ ...await terms(provisioner), value: reward / 2n }));
  equal("they came", (await node.account(provisioner.raw)).value, before.value + reward / 2n - gas);
}

async function contracts() {
  if (!core.has("create_deploy_tx_data")) return;
  const bytecode = new Uint8Array(readFileSync(settings.counter));
  const id = core.contractId(bytecode, payer.account, 1n), contract = hex(id);
  const data = core.deployData(bytecode, payer.account, u64(41), 1n);
  const spent = await node.send(core.moonlight({ ...await terms(payer, { limit: 30_000_000n, price: 2000n }), data }));
  check("a deployment", spent.err === null && spent.tx.isDeploy, spent);
  const metadata = await node.json(`/on/contract:${contract}/metadata`);
  equal("its owner", metadata.contract_owner, hex(payer.account));
  equal("its first value", hex(await node.call(contract, "read")), hex(u64(41)));
  await send("a call", core.moonlight({ ...await terms(payer), data: core.callData(id, "add", u64(1)) }));
  equal("the value after it", hex(await node.call(contract, "read")), hex(u64(42)));
  const overflow = core.callData(id, "add", u64(2n ** 64n - 1n));
  const failed = await node.send(core.moonlight({ ...await terms(payer), data: overflow }));
  check("a call that fails is told", failed.err !== null && failed.gasSpent > 0, failed);
  equal("and changes nothing", hex(await node.call(contract, "read")), hex(u64(42)));
  const version = core.callData(unhex(STAKE), "get_version", new Uint8Array());
  await send("a call of the stake contract", core.moonlight({ ...await terms(payer), data: version }));
}

/** A shielded payment up to the proof: its signatures are of the released format, which the devnet's circuits do not take. */
async function phoenix() {
  const gas = { limit: 50_000_000n, price: 1n };
  const picked = core.pickNotes(payer.seed, 0, 300_000n * DUSK, known);
  check("notes that pay", picked.length >= 3 && picked.length <= 4, picked.length);
  const leaves = picked.map(([, leaf]) => leaf);
  const openings = await Promise.all(core.bookmarks(leaves).map((one) => node.call(TRANSFER, "opening", one)));
  const root = await node.call(TRANSFER, "root");
  equal("the root is a scalar", core.displayScalar(root).length, 64);
  const common = { random: random(), seed: payer.seed, index: 0, openings, root, gas, chainId };
  const payment = core.phoenix({ ...common, receiver: payee.address, leaves, value: 250_000n * DUSK });
  const unshield = core.unshield({ ...common, notes: picked, value: 250_000n * DUSK });
  for (const [what, { request }] of [["a shielded payment", payment], ["unshielding", unshield]]) {
    const error = await refused(`${what} gets no proof`, () => node.post("/on/prover/prove", request));
    check(`${what}: why`, error.cause === 400 && /^\{"error":"Invalid input: signature format: /.test(error.message), error);
  }
  for (const { transaction } of [payment, unshield]) {
    const proven = core.intoProven(transaction, new Uint8Array(1008));
    const error = await refused("a proof that is none", () => node.post("/on/transactions/preverify", proven.bytes));
    check("is refused with a reason", error.cause === 400 && error.message.includes(`Tx ${proven.id} not accepted: `), error);
  }
  const none = await node.call(TRANSFER, "existing_nullifiers", archivedList(known.map(([key]) => key)));
  equal("no note is spent", split(none, 8).length, 1);
}

async function refusals() {
  const good = await terms(payer);
  const { value } = await node.account(payer.raw);
  const attempts = {
    "more than there is": { ...good, receiver: payee.account, value },
    "a nonce that was used": { ...good, nonce: good.nonce - 1n, receiver: payee.account, value: 1n },
    "another chain": { ...good, chainId: 1, receiver: payee.account, value: 1n },
    "too little gas": { ...good, gas: { limit: 1000n, price: 1n }, receiver: payee.account, value: 1n },
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    const { bytes, id } = core.moonlight(attempt);
    for (const route of ["preverify", "propagate"]) {
      const error = await refused(`${what} (${route})`, () => node.post(`/on/transactions/${route}`, bytes));
      check(`${what} (${route}): why`, error.cause === 400 && error.message.includes(`Tx ${id} not accepted: `), error);
    }
  }
}

console.log(`wallet-core ${settings.version}`);
process.exit(await play("wallet-core",
  [keys, publicBalances, notes, transfer, shield, staking, rewards, contracts, phoenix, refusals]));
