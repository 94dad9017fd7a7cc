// A wallet's secret under a password, and its private state under a key that only the secret's holder has.
//
// Password -> PBKDF2-SHA-512 -> AES-256-GCM over {size, entropy or seed, state key}. What the record says of
// itself (count, salt, nonce) is bound as associated data: nobody can make it weaker without its being noticed.
import { base64 } from '@scure/base';

export interface SealedSecret {
  format: 'dusk-page-vault';
  version: 1;
  kdf: { name: 'pbkdf2-sha512'; iterations: number; salt: string };
  cipher: { name: 'aes-256-gcm'; nonce: string };
  ciphertext: string;
}

export interface Secret {
  entropy: Uint8Array; // of a phrase, 16 to 32 bytes; or a seed of 64 bytes that came without one
  stateKey: Uint8Array; // 32 bytes
}

export const SEED_SIZE = 64;
export const KDF_ITERATIONS = 600_000;
// A planted record can neither weaken the password nor keep the machine busy for hours.
const ITERATIONS_LEAST = 100_000;
const ITERATIONS_MOST = 20_000_000;

export type VaultError = 'wrong_password' | 'damaged' | 'no_crypto' | 'no_phrase';

export class VaultFailure extends Error {
  override readonly name = 'VaultFailure';
  constructor(readonly reason: VaultError) {
    super(reason);
  }
}

// Browsers offer their cryptography to pages from this machine or over TLS only.
function subtle(): SubtleCrypto {
  const found = globalThis.crypto?.subtle;
  if (!found) throw new VaultFailure('no_crypto');
  return found;
}

type Bytes = Uint8Array<ArrayBuffer>;

function boundText(record: SealedSecret): Bytes {
  const { kdf, cipher } = record;
  return new TextEncoder().encode(
    `${record.format}/${record.version}/${kdf.name}/${kdf.iterations}/${kdf.salt}/${cipher.name}/${cipher.nonce}`,
  );
}

async function passwordKey(password: string, record: SealedSecret): Promise<CryptoKey> {
  const material = await subtle().importKey('raw', new TextEncoder().encode(password.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  return subtle().deriveKey(
    { name: 'PBKDF2', hash: 'SHA-512', salt: base64.decode(record.kdf.salt) as Bytes, iterations: record.kdf.iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

export async function seal(secret: Secret, password: string, iterations = KDF_ITERATIONS): Promise<SealedSecret> {
  subtle();
  const random = (size: number) => base64.encode(crypto.getRandomValues(new Uint8Array(size)));
  const record: SealedSecret = {
    format: 'dusk-page-vault',
    version: 1,
    kdf: { name: 'pbkdf2-sha512', iterations, salt: random(32) },
    cipher: { name: 'aes-256-gcm', nonce: random(12) },
    ciphertext: '',
  };
  const plain = new Uint8Array(1 + secret.entropy.length + secret.stateKey.length);
  plain[0] = secret.entropy.length;
  plain.set(secret.entropy, 1);
  plain.set(secret.stateKey, 1 + secret.entropy.length);
  const sealed = await subtle().encrypt(
    { name: 'AES-GCM', iv: base64.decode(record.cipher.nonce) as Bytes, additionalData: boundText(record) },
    await passwordKey(password, record),
    plain,
  );
  plain.fill(0);
  return { ...record, ciphertext: base64.encode(new Uint8Array(sealed)) };
}

function isSealedSecret(value: unknown): value is SealedSecret {
  const record = value as SealedSecret;
  return (
    typeof record === 'object' &&
    record !== null &&
    record.format === 'dusk-page-vault' &&
    record.version === 1 &&
    record.kdf?.name === 'pbkdf2-sha512' &&
    Number.isInteger(record.kdf.iterations) &&
    record.kdf.iterations >= ITERATIONS_LEAST &&
    record.kdf.iterations <= ITERATIONS_MOST &&
    typeof record.kdf.salt === 'string' &&
    record.cipher?.name === 'aes-256-gcm' &&
    typeof record.cipher.nonce === 'string' &&
    typeof record.ciphertext === 'string'
  );
}

export async function open(record: unknown, password: string): Promise<Secret> {
  subtle();
  if (!isSealedSecret(record)) throw new VaultFailure('damaged');
  let parts: { nonce: Bytes; ciphertext: Bytes; key: CryptoKey };
  try {
    parts = {
      nonce: base64.decode(record.cipher.nonce) as Bytes,
      ciphertext: base64.decode(record.ciphertext) as Bytes,
      key: await passwordKey(password, record),
    };
  } catch {
    throw new VaultFailure('damaged');
  }
  let plain: Uint8Array;
  try {
    plain = new Uint8Array(
      await subtle().decrypt({ name: 'AES-GCM', iv: parts.nonce, additionalData: boundText(record) }, parts.key, parts.ciphertext),
    );
  } catch {
    throw new VaultFailure('wrong_password');
  }
  const size = plain[0] ?? 0;
  if (![16, 20, 24, 28, 32, SEED_SIZE].includes(size) || plain.length !== 1 + size + 32) throw new VaultFailure('damaged');
  const secret = { entropy: plain.slice(1, 1 + size), stateKey: plain.slice(1 + size) };
  plain.fill(0);
  return secret;
}

// Private state (notes, history, contacts): AES-256-GCM, its name bound as associated data.
export interface SealedState {
  nonce: Uint8Array;
  data: Uint8Array;
}

export class StateCipher {
  constructor(readonly key: CryptoKey) {}

  static async of(stateKey: Uint8Array): Promise<StateCipher> {
    return new StateCipher(await subtle().importKey('raw', stateKey as Bytes, 'AES-GCM', false, ['encrypt', 'decrypt']));
  }

  async seal(name: string, value: unknown): Promise<SealedState> {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = new TextEncoder().encode(name);
    const plain = new TextEncoder().encode(writeState(value));
    return { nonce, data: new Uint8Array(await subtle().encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, this.key, plain)) };
  }

  // A VaultFailure 'damaged' where it is not what was sealed under this name.
  async open(name: string, sealed: SealedState): Promise<unknown> {
    try {
      const additionalData = new TextEncoder().encode(name);
      const iv = new Uint8Array(sealed.nonce);
      const plain = await subtle().decrypt({ name: 'AES-GCM', iv, additionalData }, this.key, new Uint8Array(sealed.data));
      return readState(new TextDecoder().decode(plain));
    } catch {
      throw new VaultFailure('damaged');
    }
  }
}

// JSON in which {"$n": "123"} is a bigint and {"$b": "…"} are bytes in base64.
function writeState(value: unknown): string {
  return JSON.stringify(value, function (key) {
    const field = (this as Record<string, unknown>)[key];
    if (typeof field === 'bigint') return { $n: field.toString() };
    if (field instanceof Uint8Array) return { $b: base64.encode(field) };
    return field;
  });
}

function readState(text: string): unknown {
  return JSON.parse(text, (_key, field: unknown) => {
    if (typeof field === 'object' && field !== null) {
      if ('$n' in field) return BigInt(String(field.$n));
      if ('$b' in field) return base64.decode(String(field.$b));
    }
    return field;
  });
}
