// Brings what the wallet knows of its notes to the node's last block.
import { addBookmark, addNotes, forgetAbove, markSpent, noNotes, type NotesState } from './notes';
import { toHex } from '../../codecs/hex';
import type { NodeClient, Tip } from './node';
import type { ScanProgress } from './engine';

export type Scan = (from: bigint, profiles: number[], report: (progress: ScanProgress) => void, signal?: AbortSignal) => Promise<void>;

export interface SyncReport {
  read: number;
  of: number;
}

// Nullifiers that one question asks for.
const QUESTION = 500;

// The state from which reading goes on: back to the last block that this chain has, too.
export async function commonState(node: NodeClient, state: NotesState): Promise<NotesState> {
  for (const bookmark of state.bookmarks) {
    if ((await node.blockAt(bookmark.height)) === bookmark.block) return forgetAbove(state, bookmark.height);
  }
  return noNotes();
}

// `save` gets states on the way, so that a long reading that is stopped goes on there.
export async function syncNotes(
  node: NodeClient,
  scan: Scan,
  before: NotesState,
  profiles: number[],
  tip: Tip,
  save: (state: NotesState) => void,
  report: (progress: SyncReport) => void,
  signal?: AbortSignal,
): Promise<NotesState> {
  const last = before.bookmarks[0];
  const isThere = last && last.height <= tip.height && (await node.blockAt(last.height)) === last.block;
  let state = last && !isThere ? await commonState(node, before) : before;
  const from = state.bookmarks[0]?.next ?? 0n;
  let next = from;
  await scan(
    from,
    profiles,
    (progress) => {
      state = addNotes(state, progress.notes);
      // Leaves of blocks after the tip that was asked for are read again.
      if (progress.upTo.height <= tip.height) {
        next = progress.upTo.next;
        state = addBookmark(state, { height: tip.height, block: tip.hash, next });
        save(state);
      }
      report({ read: progress.read, of: progress.of });
    },
    signal,
  );
  state = addBookmark(state, { height: tip.height, block: tip.hash, next });
  return markSpent(state, await spentOf(node, state));
}

async function spentOf(node: NodeClient, state: NotesState): Promise<Uint8Array[]> {
  const unspent = state.notes.filter((note) => !note.spent && note.value > 0n).map((note) => note.nullifier);
  const spent: Uint8Array[] = [];
  for (let at = 0; at < unspent.length; at += QUESTION) {
    const asked = unspent.slice(at, at + QUESTION);
    const known = new Set(asked.map(toHex));
    spent.push(...(await node.spentNullifiers(asked)).filter((nullifier) => known.has(toHex(nullifier))));
  }
  return spent;
}
