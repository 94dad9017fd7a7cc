export function shorten(value: string, ends = 8): string {
  return value.length <= 2 * ends + 1 ? value : `${value.slice(0, ends)}…${value.slice(-ends)}`;
}
