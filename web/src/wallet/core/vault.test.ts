import { describe, expect, it } from 'vitest';
import { open, seal, StateCipher, VaultFailure, type SealedSecret } from './vault';

const secret = () => ({ entropy: new Uint8Array(32).fill(7), stateKey: new Uint8Array(32).fill(9) });
const COUNT = 100_000;

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  );
  return error instanceof VaultFailure ? error.reason : `not refused: ${String(error)}`;
}

describe('the vault', () => {
  it('opens with the password only, and holds nothing that can be read', async () => {
    const record = await seal(secret(), 'correct horse', COUNT);
    expect(await open(JSON.parse(JSON.stringify(record)), 'correct horse')).toEqual(secret());
    expect(await reasonOf(open(record, 'correct Horse'))).toBe('wrong_password');
    expect(JSON.stringify(record)).not.toContain('correct');
    const again = await seal(secret(), 'correct horse', COUNT);
    expect(again.ciphertext).not.toBe(record.ciphertext);
  });

  it('takes a password however its letters were composed', async () => {
    const record = await seal(secret(), 'Zürich', COUNT);
    expect(await open(record, 'Zu\u0308rich')).toEqual(secret());
  });

  it('notices any change of what it says of itself', async () => {
    const record = await seal(secret(), 'p', COUNT);
    const changed = (change: (copy: SealedSecret) => void) => {
      const copy = structuredClone(record);
      change(copy);
      return reasonOf(open(copy, 'p'));
    };
    expect(await changed((copy) => (copy.kdf.iterations = COUNT + 1))).toBe('wrong_password');
    expect(await changed((copy) => (copy.kdf.iterations = 1))).toBe('damaged');
    expect(await changed((copy) => (copy.kdf.iterations = 10 ** 12))).toBe('damaged');
    expect(await changed((copy) => (copy.ciphertext = `AAAA${copy.ciphertext.slice(4)}`))).toBe('wrong_password');
    expect(await changed((copy) => (copy.ciphertext = '!'))).toBe('damaged');
    expect(await changed((copy) => ((copy as { version: number }).version = 2))).toBe('damaged');
    expect(await reasonOf(open(null, 'p'))).toBe('damaged');
    expect(await reasonOf(open({}, 'p'))).toBe('damaged');
  });

  it('keeps state with numbers of any size and bytes, each under its name', async () => {
    const cipher = await StateCipher.of(secret().stateKey);
    const state = { at: 2n ** 70n, bytes: Uint8Array.of(1, 2, 3), list: [{ n: -5n }], text: '12n', none: null };
    const sealed = await cipher.seal('notes', state);
    expect(await cipher.open('notes', sealed)).toEqual(state);
    expect(await reasonOf(cipher.open('journal', sealed))).toBe('damaged');
    sealed.data[0]! ^= 1;
    expect(await reasonOf(cipher.open('notes', sealed))).toBe('damaged');
  });
});
