// What others do on the chain while the page is watched: a test wallet of the devnet, by the program's own command line.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { program } from './devnet';

// The second test wallet (docs/genesis.md), and the account of the third.
const PHRASE = 'candy upper magic problem surround wave maze nothing senior warm drama leave';
export const PERSON = '22CP7jBmtdTnNqoGGJCWK1MpJQwFWxtgr6UcNmDX4fntiCmHWnbEAVQhav3UtNcocWRw9kVvRprMCcyjZgJc6HCYrJq1PZGfHqUtEaUrdDZBzkgMYdJT9VTFTAPUD3KfUVoR';
export const OTHER = '25eFiuhs4FzpBBpkKBuQ5kk3D49fCsvLUr5TdDATD7oNJMi2RydnqKCxmh1B65fimRbvtQnSoengbsWBbPRg3o71xFdPt6NZKpQvZe4mVrd5kmgsN6XPjkZ3e2jntxhvVNZ5';

export class Person {
  private readonly folder = mkdtempSync(join(tmpdir(), 'dusk-person-'));

  static async of(node: string): Promise<Person> {
    const person = new Person();
    writeFileSync(join(person.folder, 'phrase'), `${PHRASE}\n`);
    writeFileSync(join(person.folder, 'password'), 'test\n');
    await person.run('restore', '--phrase-file', join(person.folder, 'phrase'), '--default-node', new URL(node).host, '--kdf-memory', '8', '--kdf-passes', '1');
    return person;
  }

  /** What a subcommand of `dusk wallet` prints. */
  async run(command: string, ...options: string[]): Promise<string> {
    const common = ['--wallet', join(this.folder, 'wallet'), '--password-file', join(this.folder, 'password')];
    const { stdout } = await promisify(execFile)(program, ['wallet', command, ...options, ...common]);
    return stdout;
  }

  /** The id of the transaction, which is in a block then unless `wait` is false. */
  async pay(amount: string, memo: string, wait = true): Promise<string> {
    const out = await this.run('send', OTHER, amount, '--from', 'public', '--memo', memo, '--yes', ...(wait ? [] : ['--no-wait']));
    const id = /[0-9a-f]{64}/.exec(out)?.[0];
    if (!id) throw new Error(`no transaction: ${out}`);
    return id;
  }

  leave(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
