// What the flows ask a node over HTTP, as wallets made for the released node do.
import { until } from "../checks.mjs";

export const TRANSFER = "01" + "00".repeat(31);
export const STAKE = "02" + "00".repeat(31);

const BYTES = { "Content-Type": "application/octet-stream", "Rusk-Version": "1.0.0" };

export class NodeApi {
  constructor(url) {
    this.url = url;
  }

  async post(path, body, headers = BYTES) {
    const response = await fetch(this.url + path, { method: "POST", body, headers });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) throw new Error(new TextDecoder().decode(bytes), { cause: response.status });
    return bytes;
  }

  async json(path, body) {
    return JSON.parse(new TextDecoder().decode(await this.post(path, body)));
  }

  call(contract, name, body) {
    return this.post(`/on/contracts:${contract}/${name}`, body);
  }

  /** All that the contract feeds. */
  feed(contract, name, body) {
    return this.post(`/on/contracts:${contract}/${name}`, body, { ...BYTES, "Rusk-Feeder": "1" });
  }

  graphql(query) {
    return this.json("/on/graphql/query", `query { ${query} }`);
  }

  /** {nonce, value} of an account by its archived key. */
  async account(raw) {
    const view = new DataView((await this.call(TRANSFER, "account", raw)).buffer);
    return { nonce: view.getBigUint64(0, true), value: view.getBigUint64(8, true) };
  }

  /** {value, locked, eligibility, reward}, or null. */
  async stake(raw) {
    const view = new DataView((await this.call(STAKE, "get_stake", raw)).buffer);
    if (!view.getUint8(0)) return null;
    const has = view.getUint8(8), amount = (at) => has ? view.getBigUint64(at, true) : 0n;
    return { value: amount(16), locked: amount(24), eligibility: amount(32), reward: view.getBigUint64(40, true) };
  }

  /** Checks, hands in, and waits for the block: what GraphQL tells of the transaction. */
  async send({ bytes, id }) {
    await this.post("/on/transactions/preverify", bytes);
    await this.post("/on/transactions/propagate", bytes);
    return until(`transaction ${id} in a block`, async () =>
      (await this.graphql(`tx(hash: "${id}") { id err gasSpent blockHeight tx { gasPrice memo isDeploy } }`)).tx);
  }
}
