// Where nodes stand on the map of the tree. An identifier is a number of 128 bits, its bytes with the lowest first; the bucket of two nodes is
// the highest bit in which theirs differ. A full turn of the map is the whole space, starting at the top.

/** The place of an identifier in the space, from 0 to 1. Null where the text is none. */
export function placeOfId(id: string): number | null {
  if (!/^[0-9a-f]{32}$/.test(id)) return null;
  let place = 0;
  for (let i = 0; i < 8; i++) place += Number.parseInt(id.slice(30 - 2 * i, 32 - 2 * i), 16) / 256 ** (i + 1);
  return place;
}

export interface Sector {
  /** 0: the half of the space that this node is not in; 1: the quarter; and so on. */
  depth: number;
  /** Part of a turn. */
  from: number;
  to: number;
}

/** What the bucket of this depth covers, for a node at this place. */
export function sectorOf(own: number, depth: number): Sector {
  const size = 2 ** -(depth + 1);
  const index = Math.min(2 ** (depth + 1) - 1, Math.floor(own / size));
  const sibling = index % 2 === 0 ? index + 1 : index - 1;
  return { depth, from: sibling * size, to: (sibling + 1) * size };
}

/** In SVG with y downwards; a turn of 0 is at the top, turns go clockwise. */
export function pointAt(turn: number, radius: number): { x: number; y: number } {
  const angle = turn * 2 * Math.PI;
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) };
}

/** The path of a ring's part. */
export function ringPart(from: number, to: number, inner: number, outer: number): string {
  const a = pointAt(from, outer);
  const b = pointAt(to, outer);
  const c = pointAt(to, inner);
  const d = pointAt(from, inner);
  const large = to - from > 0.5 ? 1 : 0;
  const at = (point: { x: number; y: number }): string => `${point.x.toFixed(2)} ${point.y.toFixed(2)}`;
  return `M${at(a)}A${outer} ${outer} 0 ${large} 1 ${at(b)}L${at(c)}A${inner} ${inner} 0 ${large} 0 ${at(d)}Z`;
}
