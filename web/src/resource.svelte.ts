// Something that is asked of the node: what came last, why it did not come, and whether it is on its way.
export class Resource<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<Error | null>(null);
  loading = $state(true);
  #attempt = $state(0);

  constructor(make: (signal: AbortSignal) => Promise<T>) {
    $effect(() => {
      void this.#attempt;
      const controller = new AbortController();
      const task = make(controller.signal);
      this.loading = true;
      task.then(
        (value) => {
          if (controller.signal.aborted) return;
          this.value = value;
          this.error = null;
          this.loading = false;
        },
        (error: unknown) => {
          if (controller.signal.aborted) return;
          this.error = error instanceof Error ? error : new Error(String(error));
          this.loading = false;
        },
      );
      return () => controller.abort();
    });
  }

  retry(): void {
    this.#attempt++;
  }
}

/** For use while a component is made. `make` runs again when what it read before its first `await` changes. */
export function resource<T>(make: (signal: AbortSignal) => Promise<T>): Resource<T> {
  return new Resource(make);
}
