// Light, dark, or what the system says. Kept in localStorage where that is allowed.
export type Theme = 'auto' | 'light' | 'dark';

const key = 'dusk.theme';

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'auto';
  } catch {
    return 'auto';
  }
}

class ThemeChoice {
  #value = $state<Theme>('auto');

  get value(): Theme {
    return this.#value;
  }

  set value(theme: Theme) {
    this.#value = theme;
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(key, theme);
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
  }

  restore(): void {
    this.value = stored();
  }
}

export const theme = new ThemeChoice();
