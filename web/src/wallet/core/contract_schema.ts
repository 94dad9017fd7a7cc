// What a contract's driver says of its functions (docs/interfaces.md, "Data drivers"). Anybody may have written it.
import { isRecord } from './json';

export interface ContractFunction {
  name: string;
  doc: string;
  input: string; // a type in words; "()": nothing
}

const MOST = 500;

// Nothing where it is no schema.
export function functionsOf(schema: unknown): ContractFunction[] | null {
  if (!isRecord(schema) || !Array.isArray(schema.functions)) return null;
  return schema.functions
    .filter(isRecord)
    .filter((fn) => typeof fn.name === 'string' && /^[\x21-\x7e]{1,64}$/.test(fn.name))
    .slice(0, MOST)
    .map((fn) => ({ name: String(fn.name), doc: String(fn.doc ?? '').slice(0, 500), input: String(fn.input ?? '').slice(0, 200) }));
}
