// Times in words. Exact times are in the reader's zone and always beside the words.

/** `now` and `then` in milliseconds. In the largest unit alone where it is to be brief. */
export function ago(then: number, now: number, isBrief = false): string {
  const seconds = Math.floor((now - then) / 1000);
  const size = span(Math.abs(seconds));
  const words = isBrief ? (/^\d+ \w+/.exec(size)?.[0] ?? size) : size;
  if (seconds < 0) return seconds > -3 ? 'now' : `in ${words}`;
  return seconds < 1 ? 'now' : `${words} ago`;
}

/** The two largest units: `3 d 4 h`, `12 s`. */
export function span(seconds: number): string {
  const whole = Math.floor(seconds);
  const units: [number, string][] = [[86_400 * 365, 'y'], [86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = units.findIndex(([size]) => whole >= size);
  if (first < 0) return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  const [size, name] = units[first] ?? [1, 's'];
  const text = `${Math.floor(whole / size)} ${name}`;
  const next = units[first + 1];
  const rest = next ? Math.floor((whole % size) / next[0]) : 0;
  return next && rest > 0 ? `${text} ${rest} ${next[1]}` : text;
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

export function exactTime(milliseconds: number): string {
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) < 8.64e15 ? exact.format(milliseconds) : '';
}
