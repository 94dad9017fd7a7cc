// Base58 with Bitcoin's alphabet and no checksum: accounts (96 bytes), shielded addresses (64 bytes), signatures (48 bytes).
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const digitOf = new Map([...alphabet].map((letter, digit) => [letter, digit]));

/** Quadratic in the length; the page reads keys of at most 96 bytes. */
export function fromBase58(text: string): Uint8Array | null {
  if (text.length > 256) return null;
  const bytes: number[] = []; // the lowest first
  for (const letter of text) {
    const digit = digitOf.get(letter);
    if (digit === undefined) return null;
    let carry = digit;
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  let zeros = 0;
  while (text[zeros] === '1') zeros++;
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...bytes.reverse()]);
}

export function toBase58(bytes: Uint8Array): string {
  const digits: number[] = []; // the lowest first
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += (digits[i] ?? 0) << 8;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  let zeros = 0;
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++;
  return '1'.repeat(zeros) + digits.reverse().map((digit) => alphabet[digit]).join('');
}
