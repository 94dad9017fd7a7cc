import type { Json } from '../codecs/exact_json';

/** JSON with two spaces a level, whose whole numbers have all digits. */
export function exactText(value: Json, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[\n${value.map((item) => inner + exactText(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${exactText(item, inner)}`);
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
