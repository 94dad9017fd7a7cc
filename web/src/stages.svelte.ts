// Parts of a page that are drawn one after the other: between two of them the browser answers who touches the page.

/** For use while a component is made: 0 until `ready` holds, then one more in each turn of the browser, up to `last`. */
export function stages(last: number, ready: () => boolean): { readonly now: number } {
  let now = $state(0);
  $effect(() => {
    if (now >= last || !ready()) return;
    const timer = setTimeout(() => now++);
    return () => clearTimeout(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}
