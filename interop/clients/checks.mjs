// What a script of flows found out: a line for each thing that does not hold, and the counts at the end.
let passed = 0, failed = 0;

const shown = (value) =>
  value instanceof Error
    ? value.stack ?? value.message
    : JSON.stringify(value, (_, one) => (typeof one === "bigint" ? String(one) : one));

export function check(what, ok, detail) {
  if (ok) passed++;
  else {
    failed++;
    console.log(`FAILED ${what}${detail === undefined ? "" : ` ${shown(detail)}`}`);
  }
}

export function equal(what, got, expected) {
  check(what, shown(got) === shown(expected), { got, expected });
}

/** The error that `attempt` ends with; a failure when it does not. */
export async function refused(what, attempt) {
  try {
    const answer = await attempt();
    check(what, false, { answer: String(answer) });
    return new Error("nothing was refused");
  } catch (error) {
    return error;
  }
}

/** Runs the flows one after the other; one that breaks off is a failure, and the others still run. */
export async function play(name, flows) {
  for (const flow of flows) {
    const start = Date.now();
    try {
      await flow();
      console.log(`${flow.name}: ${Date.now() - start} ms`);
    } catch (error) {
      check(`${flow.name} goes on to its end`, false, error);
    }
  }
  console.log(`${name}: ${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}

export async function until(what, ready, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ready();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
