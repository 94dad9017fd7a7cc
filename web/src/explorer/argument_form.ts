// The form for a function's argument, made from the type that the schema names.

export type FieldKind = 'integer' | 'boolean' | 'account' | 'contract' | 'hex' | 'text';

export interface ArgumentField {
  type: string;
  kind: FieldKind;
}

/** `fields`: one for each part, a tuple where there are several. `json`: a type that only its author knows. */
export type ArgumentForm = { shape: 'none' } | { shape: 'fields'; fields: ArgumentField[] } | { shape: 'json' };

const kinds: Record<string, FieldKind> = {
  bool: 'boolean', String: 'text', BlsPublicKey: 'account', AccountPublicKey: 'account', ContractId: 'contract', BlsScalar: 'hex', JubJubScalar: 'hex',
  PublicKey: 'text', StealthAddress: 'text',
};
for (const bits of [8, 16, 32, 64, 128]) for (const sign of ['u', 'i']) kinds[`${sign}${bits}`] = 'integer';

function fieldOf(type: string): ArgumentField | null {
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  return kind ? { type, kind } : null;
}

export function formOf(type: string): ArgumentForm {
  const name = type.replace(/\s+/g, '');
  if (name === '()' || name === '') return { shape: 'none' };
  const parts = /^\(([^()<>[\]]+)\)$/.exec(name)?.[1]?.split(',').filter(Boolean) ?? [name];
  const fields = parts.map(fieldOf);
  return fields.every((field) => field !== null) ? { shape: 'fields', fields } : { shape: 'json' };
}

/** What is wrong with a value, or null. */
export function problemOf(field: ArgumentField, value: string): string | null {
  const text = value.trim();
  switch (field.kind) {
    case 'integer': {
      if (!/^-?\d+$/.test(text)) return 'A whole number';
      const bits = BigInt(field.type.slice(1));
      const [low, high] = field.type.startsWith('u') ? [0n, 1n << bits] : [-(1n << (bits - 1n)), 1n << (bits - 1n)];
      const number = BigInt(text);
      return number >= low && number < high ? null : `Between ${low} and ${high - 1n}`;
    }
    case 'contract':
      return /^[0-9a-fA-F]{64}$/.test(text) ? null : '64 hexadecimal digits';
    case 'hex':
      return /^(?:[0-9a-fA-F]{2})+$/.test(text) ? null : 'Hexadecimal digits';
    case 'account':
      return /^[1-9A-HJ-NP-Za-km-z]{100,140}$/.test(text) ? null : 'A public key in base58';
    default:
      return null;
  }
}

/** The JSON that drivers take. */
export function jsonOf(form: ArgumentForm, values: readonly string[]): string {
  if (form.shape === 'none') return 'null';
  if (form.shape === 'json') return values[0] ?? '';
  const parts = form.fields.map((field, i) => {
    const text = (values[i] ?? '').trim();
    if (field.kind === 'boolean') return text === 'true' ? 'true' : 'false';
    // Numbers that JSON readers may round are strings.
    if (field.kind === 'integer') return /^[ui](8|16|32)$/.test(field.type) ? BigInt(text || '0').toString() : JSON.stringify(text);
    return JSON.stringify(field.kind === 'text' ? (values[i] ?? '') : text);
  });
  return parts.length === 1 ? (parts[0] ?? 'null') : `[${parts.join(',')}]`;
}
