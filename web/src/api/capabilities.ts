// What the node that served this page can do. A released Rust node answers GraphQL and the routes below /on; a dusk node has more.
import { archiveInfo, type ArchiveInfo } from './archive';
import { Fields } from './fields';
import { NodeError } from './http';
import { rpc, RpcError } from './json_rpc';
import { nodeInfo, type NodeInfo } from './node';
import { nodeStatus, type NodeStatus } from './operator';

export interface Capabilities {
  info: NodeInfo;
  /** Null on a node of another kind. */
  status: NodeStatus | null;
  /** JSON-RPC with subscriptions that resume, and the feed of consensus. */
  hasRpc: boolean;
  archive: ArchiveInfo | null;
}

/** Null where the node says that it has no such part. */
async function maybe<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if ((error instanceof NodeError && error.status !== 0) || error instanceof RpcError) return null;
    throw error;
  }
}

async function ask(): Promise<Capabilities> {
  const info = await nodeInfo();
  // A node of another kind is not asked for what only this one has: the browser would report every such question as an error.
  if (!info.build.startsWith('dusk ')) return { info, status: null, hasRpc: false, archive: null };
  const [status, remote] = await Promise.all([maybe(nodeStatus()), maybe(rpc('node.capabilities'))]);
  const hasArchive = Fields.maybe(remote ?? undefined)?.flag('archive') ?? false;
  return { info, status, hasRpc: remote !== null, archive: hasArchive ? await maybe(archiveInfo()) : null };
}

let known: Promise<Capabilities> | null = null;

/** Asked once for the page; again after a failure or `forgetCapabilities`. */
export function capabilities(): Promise<Capabilities> {
  known ??= ask().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

export function forgetCapabilities(): void {
  known = null;
}
