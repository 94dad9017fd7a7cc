// Where a wallet comes from, and from when on it can have notes.
import type { EngineClient } from './core/engine_client';
import type { NodeClient } from './core/node';
import { addBookmark, noNotes, type NotesState } from './core/notes';

export type Begin = 'now' | 'first block' | { height: bigint } | { seconds: number };

// Words, or a file with its password.
export type WalletSource = ({ phrase: string } | { file: Uint8Array; filePassword: string; profiles: number }) & { begin: Begin; profiles?: number };

// Notes as they stand before the first that a wallet can have. A block that the node does not have: from the first.
export async function notesFrom(begin: Begin, node: NodeClient, engine: EngineClient): Promise<NotesState> {
  if (begin === 'first block') return noNotes();
  const tip = await node.tip();
  const asked = begin === 'now' ? tip.height : 'height' in begin ? begin.height : await node.heightBefore(begin.seconds, tip.height);
  const height = asked < tip.height ? asked : tip.height;
  const block = height < tip.height ? await node.blockAt(height) : tip.hash;
  if (block === null) return noNotes();
  const next = await engine.positionAbove(new URL('/', location.href).origin, height);
  return addBookmark(noNotes(), { height, block, next });
}
