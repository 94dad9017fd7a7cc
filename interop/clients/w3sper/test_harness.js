// What the SDK's own tests import as `test` and `assert` (mio-mini/test-harness, on a host that is no package registry),
// over Deno's runner and Node's assertions.
import strict from "node:assert/strict";

export const test = Deno.test;

function must(error, kind, text) {
  if (kind) strict.ok(error instanceof kind, `${error} is not of the kind that was expected`);
  if (text) strict.ok(error.message.includes(text), `"${error.message}" does not say "${text}"`);
  return error;
}

export const assert = {
  ok: (value, message) => strict.ok(value, message),
  equal: (value, expected, message) => strict.deepStrictEqual(value, expected, message),
  throws(attempt, kind, text) {
    try {
      attempt();
    } catch (error) {
      return must(error, kind, text);
    }
    strict.fail("nothing was thrown");
  },
  async reject(attempt, kind, text) {
    try {
      await attempt();
    } catch (error) {
      return must(error, kind, text);
    }
    strict.fail("nothing was rejected");
  },
};
