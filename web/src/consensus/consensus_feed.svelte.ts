// Consensus as the node sees it, while a page shows it.
import { rpc, socket } from '../api/json_rpc';
import { Fields } from '../api/fields';
import { applyEvent, emptyView, readRound, type View } from './round';

export class ConsensusFeed {
  view = $state.raw<View>(emptyView);
  /** Whether the node has told a round yet. */
  known = $state(false);

  /** The answer ends it. */
  start(): () => void {
    let from = Infinity; // events before it are in the snapshot
    let waiting: { event: Fields; sequence: number }[] = [];
    let ended = false;
    const end = socket.subscribe({
      channel: 'consensus',
      onEvent: (event, sequence) => {
        if (from === Infinity) waiting.push({ event, sequence });
        else if (sequence >= from) this.#apply(event, sequence);
      },
      onReady: () => {
        from = Infinity;
        void rpc('consensus.round').then(
          (answer) => {
            if (ended) return;
            const round = Fields.maybe(answer);
            if (round) this.view = { ...this.view, now: readRound(round), began: null, before: null };
            this.known = true;
            from = round?.maybeNumber('next') ?? 0;
            for (const { event, sequence } of waiting) if (sequence >= from) this.#apply(event, sequence);
            waiting = [];
          },
          () => {
            from = 0;
            this.known = true;
          },
        );
      },
    });
    return () => {
      ended = true;
      end();
    };
  }

  #apply(event: Fields, sequence: number): void {
    try {
      this.view = applyEvent(this.view, event, sequence);
    } catch {
      // An event of a form that this page does not know says nothing to it.
    }
  }
}
