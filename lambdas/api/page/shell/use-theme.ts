import { useEffect, useState } from 'preact/hooks';

/** `auto` follows the system. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'sluicegate-theme';
const CHANGED = 'theme-changed';

/** The reader's choice; where storage is refused, it lasts as long as the page. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    dispatchEvent(new Event(CHANGED));
  }, [theme]);
  return [
    theme,
    (chosen) => {
      store(chosen);
      setTheme(chosen);
    },
  ];
}

/** Counts up when the colours have changed: charts on a canvas have to be drawn again. */
export function useColoursChanged(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const count = () => setChanges((before) => before + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', count);
    addEventListener(CHANGED, count);
    return () => {
      system.removeEventListener('change', count);
      removeEventListener(CHANGED, count);
    };
  }, []);
  return changes;
}

/** The choice of an earlier visit. */
export function storedTheme(): Theme {
  const stored = tryStorage(() => localStorage.getItem(KEY));
  return THEMES.find((theme) => theme === stored) ?? 'auto';
}

const store = (theme: Theme): void => void tryStorage(() => localStorage.setItem(KEY, theme));

function tryStorage<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    // Storage is refused in some private windows: then the choice is simply not kept.
    return null;
  }
}
