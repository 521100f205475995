import { THEMES, type Theme, useTheme } from './use-theme.ts';

const TITLES: Readonly<Record<Theme, string>> = { auto: 'System', light: 'Light', dark: 'Dark' };

/** System, light, dark. */
export function ThemeSwitch() {
  const [theme, choose] = useTheme();
  return (
    <label class="theme">
      <span class="hidden">Colours</span>
      <select value={theme} onChange={({ currentTarget }) => choose(themeOf(currentTarget.value))}>
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {TITLES[name]}
          </option>
        ))}
      </select>
    </label>
  );
}

const themeOf = (value: string): Theme => THEMES.find((name) => name === value) ?? 'auto';
