// The time, for all "3 s ago" of the page: one timer, and none while the page is hidden.
class PageClock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => {
      if (typeof document === 'undefined' || !document.hidden) this.now = Date.now();
    }, 1000);
  }
}

export const clock = new PageClock();
