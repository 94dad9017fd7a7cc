// Every flow of the unmodified SDK on a devnet of ours.
//
//     deno run --import-map MAP flows.js SETTINGS.json
//         {url, wallets: [seed, …], drivers: FOLDER or null, pay: [program, word, …], counter}
//
// The wallets are those of a devnet's first state, of which the first stakes. `pay` sends 5.5 DUSK to the shielded address
// that is put after it, as `dusk wallet send` does.
import { AddressSyncer, Contract, dataDrivers, Network, ProfileGenerator } from "@dusk/w3sper";

import { check, equal, play, refused, until } from "../checks.mjs";
import { Holdings } from "./holdings.js";

const settings = JSON.parse(Deno.readTextFileSync(Deno.args[0]));
const TRANSFER = "01" + "00".repeat(31);
const STAKE = "02" + "00".repeat(31);
const DUSK = 10n ** 9n;
const GAS = { limit: 500_000_000n };
const PROVISIONER = 0, PAYER = 5, PAYEE = 6;

const unhex = (text) => Uint8Array.from(text.match(/../g), (digits) => parseInt(digits, 16));

const network = await Network.connect(settings.url);

async function holdingsOf(index, profiles = 1) {
  const seed = unhex(settings.wallets[index]);
  const generator = new ProfileGenerator(() => seed);
  const made = [await generator.default];
  while (made.length < profiles) made.push(await generator.next());
  const holdings = new Holdings(network, made);
  await holdings.update();
  return holdings;
}

const payer = await holdingsOf(PAYER, 2), payee = await holdingsOf(PAYEE), provisioner = await holdingsOf(PROVISIONER);

const publicBalance = (holdings) => holdings.as(0).info.balance("account");
const shieldedBalance = (holdings) => holdings.as(0).info.balance("address");

/** The event of the block that executed it, after what the payer owns was read again. */
async function send(what, builder, holdings = payer) {
  const { hash } = await network.execute(builder);
  const event = await network.transactions.withId(hash).once.executed();
  check(what, event.payload.err === null, event.payload);
  await holdings.update();
  return event;
}

async function nodeItself() {
  const info = await network.node.info;
  check("the network", info.chainId === 100 && info.version === "1.7.0" && String(info.chain) === "unknown", info);
  check("its height", (await network.blockHeight) > 0n);
  const price = await network.blocks.gasPrice;
  check("gas prices", Object.values(price).every((one) => typeof one === "bigint" && one >= 1n), price);
  const provisioners = (await network.node.provisioners()).filter((one) => one.amount > 0);
  equal("provisioners", provisioners.map((one) => [one.key, one.amount]),
    [[String(provisioner.profiles[0].account), 1_000_000 * 1e9]]);
}

async function balances() {
  equal("public", await publicBalance(payer), { nonce: 0n, value: 1_000_000n * DUSK });
  equal("by its text", (await payer.accounts.balances([String(payee.profiles[0].account)]))[0].value, 1_000_000n * DUSK);
  equal("no stake", (await payer.as(0).info.stake()).amount, null);
  equal("a stake", (await provisioner.as(0).info.stake()).amount.value, 1_000_000n * DUSK);
  equal("the least stake", await payer.bookkeeper.minimumStake, 1000n * DUSK);
}

async function notes() {
  const progress = [];
  payer.addresses.addEventListener("synciteration", ({ detail }) => progress.push(detail));
  equal("notes", await payer.updateNotes(), 10);
  check("progress", progress.length > 0 && progress.every((one) => one.progress > 0 && one.progress <= 1), progress.length);
  equal("shielded", await shieldedBalance(payer), { value: 1_000_000n * DUSK, spendable: 400_000n * DUSK });
  equal("of the other profile", (await payer.as(1).info.balance("address")).value, 0n);
  let byHeight = 0;
  for await (const [owned] of await payer.addresses.notes(payer.profiles, { from: 0n })) byHeight += owned[0].size;
  equal("from a height", byHeight, 10);
}

async function accountTransfer() {
  const before = [await publicBalance(payer), await publicBalance(payee)];
  const { gasPaid } = await send("to an account", payer.as(0).transfer(12n * DUSK).to(payee.profiles[0].account).gas(GAS));
  await payee.update();
  equal("received", (await publicBalance(payee)).value, before[1].value + 12n * DUSK);
  equal("paid", await publicBalance(payer), { nonce: before[0].nonce + 1n, value: before[0].value - 12n * DUSK - gasPaid });
}

async function memo() {
  const event = await send("with a memo", payer.as(0).transfer(1n).to(payee.profiles[0].account).memo("ciao").gas(GAS));
  equal("the memo", event.memo({ as: "string" }), "ciao");
}

async function contractCall() {
  const payload = { fnName: "get_version", fnArgs: [], contractId: [2, ...new Array(31).fill(0)] };
  const event = await send("a call", payer.as(0).transfer(0n).to(payer.profiles[0].account).payload(payload).gas(GAS));
  equal("of the stake contract", [event.call().contract, event.call().fn_name], [STAKE, "get_version"]);
}

async function contractFacade() {
  if (!settings.drivers) return;
  for (const [id, name] of [[TRANSFER, "transfer"], [STAKE, "stake"]]) {
    network.dataDrivers.register(id, () => Deno.readFile(`${settings.drivers}/dusk_${name}_contract_dd_opt.wasm`));
  }
  const stake = new Contract({ contractId: STAKE, driver: network.dataDrivers.get(STAKE), network });
  equal("a query", await stake.call.get_version(), "8");
  equal("one that feeds", (await stake.call.stakes(undefined, { feeder: true })).length > 0, true);
  const transfer = payer.as(0).contract(TRANSFER, network);
  const deposit = transfer.events.deposit.once();
  const builder = await transfer.tx.deposit(2n);
  await send("a call with a deposit", builder.to(payer.profiles[0].account).deposit(2n).gas(GAS));
  equal("its event", BigInt((await deposit).value), 2n);
  await refused("no driver", () => dataDrivers.load(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
}

async function events() {
  const seen = {};
  const note = (name) => (event) => (seen[name] ??= event);
  await network.blocks.on.accepted(note("accepted"));
  await network.blocks.on.statechange(note("statechange"));
  await network.transactions.on.included(note("included"));
  await network.transactions.on.removed(note("removed"));
  await network.transactions.on.executed(note("executed"));
  await network.contracts.withId(TRANSFER).on.moonlight(note("moonlight"));
  const { hash } = await network.execute(payer.as(0).transfer(1n).to(payee.profiles[0].account).gas(GAS));
  await until("all events", () => Object.keys(seen).length === 6);
  await payer.update();
  equal("the transaction, included", seen.included.origin.id, hash);
  equal("executed", [seen.executed.origin.id, seen.executed.payload.inner.value], [hash, 1]);
  check("the contract's bytes", seen.moonlight.payload instanceof Uint8Array && seen.moonlight.payload.length > 200);
  equal("whose they are", seen.moonlight.headers.get("rusk-origin"), hash);
  check("a block", seen.accepted.payload.header.height > 0 && seen.accepted.origin.id === seen.accepted.payload.header.hash);
  check("its state", ["confirmed", "finalized"].includes(seen.statechange.payload.state), seen.statechange.payload);
}

async function shield() {
  const before = [await publicBalance(payer), await shieldedBalance(payer)];
  const { gasPaid } = await send("shielding", payer.as(0).shield(321n).gas(GAS));
  equal("a note", await payer.updateNotes(), 1);
  equal("shielded", (await shieldedBalance(payer)).value, before[1].value + 321n);
  equal("paid", (await publicBalance(payer)).value, before[0].value - 321n - gasPaid);
}

async function receiveShielded() {
  const [program, ...words] = settings.pay;
  const { success, stdout } = await new Deno.Command(program, { args: words.map((word) =>
    word === "ADDRESS" ? String(payee.profiles[0].address) : word) }).output();
  check("somebody pays in secret", success, new TextDecoder().decode(stdout));
  equal("its notes and one more", await payee.updateNotes(), 11);
  equal("received", (await shieldedBalance(payee)).value, 1_000_000n * DUSK + 5_500_000_000n);
  const [, first] = [...payee.address(payee.profiles[0].address).entries()][0];
  const openings = await new AddressSyncer(network).openings(new Map([[new Uint8Array(32), first]]));
  check("an opening", openings.length === 1 && openings[0].byteLength > 1000, openings.map((one) => one.byteLength));
  equal("a root", (await payee.addresses.root).byteLength, 32);
}

async function staking() {
  await send("staking", payer.as(0).stake(1000n * DUSK).gas(GAS));
  equal("staked", (await payer.as(0).info.stake()).amount.value, 1000n * DUSK);
  await send("more", payer.as(0).topup(500n * DUSK).gas(GAS));
  equal("more staked", (await payer.as(0).info.stake()).amount.total, 1500n * DUSK);
  await send("a part back", payer.as(0).unstake(400n * DUSK).gas(GAS));
  equal("less staked", (await payer.as(0).info.stake()).amount.total, 1100n * DUSK);
  const before = await publicBalance(payer);
  const { gasPaid } = await send("all back", payer.as(0).unstake().gas(GAS));
  equal("nothing staked", (await payer.as(0).info.stake()).amount, null);
  equal("and here again", (await publicBalance(payer)).value, before.value + 1100n * DUSK - gasPaid);
}

async function rewards() {
  await provisioner.update();
  const { reward } = await provisioner.as(0).info.stake();
  const before = await publicBalance(provisioner);
  const { gasPaid } = await send("claiming", provisioner.as(0).withdraw(reward / 2n).gas(GAS), provisioner);
  equal("claimed", (await publicBalance(provisioner)).value, before.value + reward / 2n - gasPaid);
}

async function history() {
  const tip = await network.blockHeight;
  await until("the last payment is final", async () =>
    (await network.query("lastBlockPair { json }")).lastBlockPair.json.last_finalized_block[0] >= tip);
  const [stream] = await payer.accounts.history([payer.profiles[0]], { order: "desc" });
  const rows = [];
  for await (const row of stream) rows.push(row);
  const account = String(payer.profiles[0].account), other = String(payee.profiles[0].account);
  const plain = rows.filter((one) => one.method === "transfer" && one.to === other);
  equal("payments of the account, the last one first", plain.map((one) => one.value), [-1n, -1n, -12n * DUSK]);
  equal("the memo", new TextDecoder().decode(unhex(plain[1].memo)), "ciao");
  check("fees and blocks", rows.every((one) => one.feePaid > 0n && one.blockHeight > 0n && one.success));
  check("the shielding", rows.some((one) => one.method === "convert" && one.from === account && one.value === -321n));
  check("the stakes", ["stake", "unstake"].every((name) => rows.some((one) => one.method === name)), rows.map((one) => one.method));
}

/** The devnet's module makes requests for its circuits; this node knows no prover that could answer them. */
async function spendShielded() {
  const call = { fnName: "get_version", fnArgs: [], contractId: [2, ...new Array(31).fill(0)] };
  const attempts = {
    "a shielded payment": payer.as(0).transfer(11n).to(payee.profiles[0].address),
    "one with a memo": payer.as(0).transfer(11n).to(payee.profiles[0].address).memo("ciao"),
    "a call with a deposit": payer.as(0).transfer(0n).to(payer.profiles[0].address).deposit(2n).payload(call),
    "unshielding": payer.as(0).unshield(123n),
  };
  for (const [what, builder] of Object.entries(attempts)) {
    const error = await refused(what, () => network.execute(builder.gas(GAS)));
    check(`${what}: why`, error.name === "CallError" && error.message.includes("Unsupported operation"), error);
  }
  equal("no note is gone", await payer.updateNotes(), 0);
}

async function refusals() {
  const { value } = await publicBalance(payer);
  const more = await refused("more than there is", () =>
    network.execute(payer.as(0).transfer(value).to(payee.profiles[0].account).gas(GAS)));
  check("is refused with a reason", more.name === "CallError" && /Tx [0-9a-f]{64} not accepted/.test(more.message), more);
  const garbage = await refused("no transaction", () => network.transactions.propagate(new Uint8Array(7)));
  check("is refused, too", garbage.name === "CallError", garbage);
  const nowhere = await refused("no such function", () => network.contracts.withId(STAKE).call.nothing());
  check("is told", nowhere.message.includes("Internal server error"), nowhere);
}

async function again() {
  const height = await network.blockHeight;
  // Without a session the SDK tries to take back its subscriptions, which no node can know any more, and says that it failed.
  const complaints = [], say = console.error;
  console.error = (error) => complaints.push(String(error));
  await network.disconnect();
  check("gone", !network.connected);
  await network.connect();
  check("there again", network.connected && (await network.blockHeight) >= height);
  const { payload } = await network.blocks.once.accepted();
  check("blocks come", payload.header.height >= height, payload.header.height);
  console.error = say;
  check("nothing else is wrong", complaints.every((one) => one.includes("Rusk-Session-Id")), complaints);
}

const status = await play("w3sper-flows", [nodeItself, balances, notes, accountTransfer, memo, contractCall, contractFacade, events,
  shield, receiveShielded, staking, rewards, history, spendShielded, refusals, again]);
await network.disconnect();
Deno.exit(status);
