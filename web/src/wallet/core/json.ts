// Answers of nodes: whole numbers of any size, objects of any shape.
import { toLux } from '../../codecs/lux';

// A whole number that was written as number or as text. A TypeError for anything else.
export function toBigInt(value: unknown): bigint {
  const number = toLux(value);
  if (number === null) throw new TypeError('not a whole number');
  return number;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
