// Tables as files. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
export type Cell = string | number | bigint | boolean | null | undefined;

export function toCsv(header: string[], rows: Cell[][]): string {
  return [header, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return cell.toString();
  const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Bigints as strings, since amounts do not fit into the numbers of other programs. */
export function toJsonFile(header: string[], rows: Cell[][]): string {
  const objects = rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? null])));
  return JSON.stringify(objects, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 1) + '\n';
}
