// A devnet for a test: real processes of the built program in a folder of their own, and the page in front of a node.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { preview, type PreviewServer } from 'vite';

const web = fileURLToPath(new URL('..', import.meta.url));
export const program = process.env['DUSK'] ?? join(web, '../build/release/bin/dusk');

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

export async function until(what: string, holds: () => Promise<boolean>, seconds = 120): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

// The page of web/dist at /ui/, and the node's routes behind it.
export async function serveInFront(node: string): Promise<PreviewServer> {
  if (!existsSync(join(web, 'dist/index.html'))) throw new Error('no page in web/dist: npm run build');
  process.env['DUSK_NODE'] = node;
  return preview({ root: web, preview: { port: await freePort(), host: '127.0.0.1' }, logLevel: 'error' });
}

export function pageOf(server: PreviewServer): string {
  return new URL('/ui/', server.resolvedUrls?.local[0]).href;
}

export class Devnet {
  private readonly folder = mkdtempSync(join(tmpdir(), 'dusk-web-'));
  private process: ChildProcess | undefined;
  private server: PreviewServer | undefined;
  node = '';
  page = ''; // with /ui/ at its end

  // `options` of `dusk devnet`, such as --instant.
  static async start(...options: string[]): Promise<Devnet> {
    const devnet = new Devnet();
    const [port, httpPort] = [await freePort(), await freePort()];
    devnet.node = `http://127.0.0.1:${httpPort}`;
    devnet.process = spawn(
      program,
      [
        'devnet',
        '--fresh',
        '--plain',
        '--folder',
        join(devnet.folder, 'net'),
        '--port-base',
        String(port),
        '--http-port-base',
        String(httpPort),
        ...options,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const log = createWriteStream(join(devnet.folder, 'log'));
    devnet.process.stdout?.pipe(log);
    devnet.process.stderr?.pipe(log);
    await until('the devnet answers', () => answers(`${devnet.node}/status`));
    await devnet.serve();
    return devnet;
  }

  // The page that the program holds; with DUSK_PAGE=dist, or without one, that of web/dist in front of the node.
  private async serve(): Promise<void> {
    if (process.env['DUSK_PAGE'] !== 'dist' && (await answers(`${this.node}/ui/`))) {
      this.page = `${this.node}/ui/`;
      return;
    }
    this.server = await serveInFront(this.node);
    this.page = pageOf(this.server);
  }

  // The process of the node that the page asks.
  pidOfNode(): number {
    const running = JSON.parse(readFileSync(join(this.folder, 'net/running.json'), 'utf8')) as { nodes: { pid: number; http: string }[] };
    const node = running.nodes.find(({ http }) => this.node.endsWith(http));
    if (!node) throw new Error('no such node runs');
    return node.pid;
  }

  // Pays out of the faucet, and waits until it is final.
  async pay(address: string, amount: string): Promise<void> {
    await promisify(execFile)(program, ['devnet', 'faucet', address, '--amount', amount, '--folder', join(this.folder, 'net')]);
  }

  // Stops every node but the first, which then has no quorum and makes no block; and lets them go on.
  pause(): void {
    for (const node of this.otherNodes()) process.kill(node, 'SIGSTOP');
  }

  resume(): void {
    for (const node of this.otherNodes()) process.kill(node, 'SIGCONT');
  }

  private otherNodes(): number[] {
    const pid = this.process?.pid;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    return children.sort((a, b) => a - b).slice(1);
  }

  async stop(): Promise<void> {
    await this.server?.close();
    if (this.process && this.process.exitCode === null) {
      this.process.kill('SIGINT');
      await once(this.process, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
