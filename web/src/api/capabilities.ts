// What the node that served this page can do. A released Rust node answers GraphQL and the routes below /on; a dusk node has more.
import { archiveInfo, type ArchiveInfo } from './archive';
import { NodeError } from './http';
import { rpc } from './json_rpc';
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

async function maybe<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NodeError && error.status !== 0) return null;
    throw error;
  }
}

let known: Promise<Capabilities> | null = null;

/** Asked once for the page; again after a failure or `forget`. */
export function capabilities(): Promise<Capabilities> {
  known ??= Promise.all([nodeInfo(), maybe(nodeStatus()), maybe(rpc('node.capabilities')), maybe(archiveInfo())]).then(
    ([info, status, remote, archive]) => ({ info, status, hasRpc: remote !== null, archive }),
    (error: unknown) => {
      known = null;
      throw error;
    },
  );
  return known;
}

export function forgetCapabilities(): void {
  known = null;
}
