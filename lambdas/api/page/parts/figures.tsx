import type { ComponentChildren } from 'preact';

/** One number with what it is. */
export interface Figure {
  readonly label: string;
  readonly value: ComponentChildren;
  /** What it means, or how it was got; small below. */
  readonly note?: ComponentChildren;
}

/** Numbers side by side. */
export const Figures = ({
  figures,
  size = 'large',
}: {
  readonly figures: readonly Figure[];
  readonly size?: 'large' | 'small';
}) => (
  <dl class={`figures figures-${size}`}>
    {figures.map(({ label, value, note }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
        {note !== undefined && <dd class="note">{note}</dd>}
      </div>
    ))}
  </dl>
);
