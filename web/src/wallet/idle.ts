// When somebody last touched the page.
export class Idle {
  private lastTouch = Date.now();

  constructor(onreturn: () => void) {
    for (const event of ['pointerdown', 'keydown']) addEventListener(event, () => this.touch(), { passive: true, capture: true });
    document.addEventListener('visibilitychange', onreturn);
  }

  touch(): void {
    this.lastTouch = Date.now();
  }

  longerThan(minutes: number): boolean {
    return Date.now() - this.lastTouch > minutes * 60_000;
  }
}
